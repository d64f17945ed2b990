package dev.platformkit.verify;

import java.time.Duration;

/**
 * One thing to be judged by looking at it until it is settled or its time is up. A probe is used by
 * one thread and may keep what it has seen. A look takes as long as the servers that it asks, and
 * never waits by itself.
 */
public interface Probe {
  /** The patience of what waits as long as the run, however long that is meant to be. */
  Duration WHOLE_RUN = Duration.ofDays(1);

  /** What kind of thing is judged, {@code domain/name}. */
  String id();

  /** Of what. */
  String subject();

  /** What would be good. */
  String expected();

  /** How long it may take to become good, counted from the first look. */
  default Duration patience() {
    return Duration.ofSeconds(10);
  }

  /**
   * Whether it is about what journeys leave behind, and not to be looked at before they are over.
   */
  default boolean afterJourneys() {
    return false;
  }

  /** How long after the first look the second is worth its cost; later ones come less often. */
  default Duration pace() {
    return Duration.ofMillis(250);
  }

  /**
   * Looks once.
   *
   * @throws dev.platformkit.backend.BackendException where a server does not answer as it has to;
   *     the next look may still succeed
   */
  Finding look();

  /**
   * Called once with what was found in the end, where that is not good: finds the first broken hop
   * and what else helps.
   */
  default Finding explain(Finding found) {
    return found;
  }

  /** Takes back whatever the looks left in the platform; called once, whatever happened. */
  default void close() {}
}
