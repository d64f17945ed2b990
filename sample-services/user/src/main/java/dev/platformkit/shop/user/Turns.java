package dev.platformkit.shop.user;

import dev.platformkit.kit.contract.Refusal;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Who may hash: so many at a time, and so many more who wait for their turn, for a while. Whoever
 * comes after them is sent away at once, so that threads are left for those who ask for something
 * else.
 */
final class Turns {
  private static final int AT_A_TIME = 4;
  private static final int WAITING = 8;
  private static final Duration PATIENCE = Duration.ofMillis(1200);
  private static final Duration COME_BACK = Duration.ofSeconds(1);

  private final Semaphore places;
  private final Semaphore turns;

  /** As many as leave some of the threads that serve calls to others. */
  static Turns ofAProcess() {
    return new Turns(AT_A_TIME, WAITING);
  }

  Turns(int atATime, int waiting) {
    places = new Semaphore(atATime + waiting);
    turns = new Semaphore(atATime, true);
  }

  /**
   * Does this in turn.
   *
   * @throws StatusRuntimeException RESOURCE_EXHAUSTED, and nothing is done, when too many wait
   */
  <T> T take(Supplier<T> work) {
    if (!places.tryAcquire()) {
      throw busy();
    }
    try {
      if (!turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw busy();
      }
      try {
        return work.get();
      } finally {
        turns.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.because(Code.UNAVAILABLE, "STOPPING", "the service stops").asException();
    } finally {
      places.release();
    }
  }

  private static StatusRuntimeException busy() {
    return Refusal.because(
            Code.RESOURCE_EXHAUSTED, "BUSY", "too many are logging in at this moment")
        .retryAfter(COME_BACK)
        .asException();
  }
}
