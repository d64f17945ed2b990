package dev.platformkit.kit.broker;

/**
 * Carries messages from whoever publishes them to whoever is interested, neither of whom knows the
 * other. Delivery is at most once: who does not listen at that moment does not hear.
 */
public interface Broker extends AutoCloseable {
  /**
   * Sends a message on its way.
   *
   * @throws dev.platformkit.kit.Unavailable when there is nobody to take it
   */
  void publish(Message message);

  /**
   * From soon on, the handler gets the messages with this subject, one after the other in the order
   * of their publication; but of those who are in one group, each message reaches one. What the
   * handler throws is logged and stops nothing; where delivery is at least once, that message comes
   * again.
   */
  Subscription subscribe(String subject, String group, Handler handler);

  /** Handles what has arrived, and ends. */
  @Override
  void close();

  /** Does with a message what is to be done with it. */
  interface Handler {
    void handle(Message message);
  }

  /** An interest in messages. */
  interface Subscription extends AutoCloseable {
    /** Whether every message that is published from now on is heard of. */
    boolean established();

    /** Takes no more messages, and returns when those that have arrived are handled. */
    @Override
    void close();
  }
}
