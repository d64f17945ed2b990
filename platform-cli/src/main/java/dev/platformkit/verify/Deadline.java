package dev.platformkit.verify;

import java.time.Duration;

/** A moment after which nobody waits any longer. */
public final class Deadline {
  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  public static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /** The earlier of this deadline and one that starts now. */
  public Deadline orIn(Duration duration) {
    long other = System.nanoTime() + duration.toNanos();
    return other - end < 0 ? new Deadline(other) : this;
  }

  public boolean passed() {
    return System.nanoTime() - end >= 0;
  }

  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }
}
