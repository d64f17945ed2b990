package dev.platformkit.kit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Whether the process has been told to stop. Whoever tries something again and again waits here
 * between two tries, so that nobody has to wait for them.
 */
public final class Stopping {
  private final CountDownLatch told = new CountDownLatch(1);

  /** Tells everybody who waits. */
  public void now() {
    told.countDown();
  }

  /** Waits until told to stop, for so long at most; true when told. */
  public boolean within(Duration time) {
    try {
      return told.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Waits until told to stop. */
  public void await() {
    try {
      told.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public boolean told() {
    return told.getCount() == 0;
  }
}
