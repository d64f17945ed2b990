package dev.platformkit.kit.limit;

import java.time.Duration;

/**
 * A leaky bucket as a queue: whatever comes in at the top, however suddenly, drips out at the
 * bottom with the same interval between any two. Who would find it full is turned away. (A token
 * bucket is another thing: what was not used before it lets out later, all at once.)
 *
 * <p>Nothing stands in it. Since each turn is one interval after the one before, it is enough to
 * know when the next is free: turns are scheduled virtually, as the generic cell rate algorithm
 * does it. So a turn that was granted cannot be given back, also when whoever waits for it leaves.
 *
 * <p>Moments are those of {@link System#nanoTime}, which may overflow. Not safe for use by several
 * threads.
 */
final class LeakyBucket {
  private final long interval;
  private final long longestWait;
  private long free;

  LeakyBucket(Rate rate, long now) {
    interval = rate.interval().toNanos();
    longestWait = rate.longestWait().toNanos();
    free = now;
  }

  /**
   * Takes the next turn, unless it comes too late.
   *
   * @param patience how long whoever asks can wait
   */
  Turn take(long now, Duration patience) {
    long wait = Math.max(0, free - now);
    long bearable = Math.min(longestWait, patience.toNanos());
    if (wait > bearable) {
      return new Turn(false, now + wait, Duration.ofNanos(wait - bearable));
    }
    free = now + wait + interval;
    return new Turn(true, now + wait, Duration.ofNanos(wait));
  }

  /** Whether it is as if nobody had ever taken a turn. */
  boolean idle(long now) {
    return free - now <= 0;
  }
}
