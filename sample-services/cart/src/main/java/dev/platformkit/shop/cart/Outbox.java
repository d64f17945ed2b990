package dev.platformkit.shop.cart;

import java.util.List;

/** Events that have still to be published, in the order in which they were written. */
interface Outbox {
  List<Event> first(int limit);

  /** It is published. */
  void done(Event event);

  Backlog backlog();

  /** An event, and the trace in which it happened. */
  @SuppressWarnings("ArrayRecordComponent") // Neither compared nor printed.
  record Event(long position, String id, byte[] body, String traceparent) {}

  /** How much waits, and how long the oldest of it has. */
  record Backlog(long events, double oldestSeconds) {}
}
