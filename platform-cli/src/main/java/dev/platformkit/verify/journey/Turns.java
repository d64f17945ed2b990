package dev.platformkit.verify.journey;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets journeys that declare the same series go one after the other, so that no rise of one counts
 * for another; all others go side by side.
 */
public final class Turns {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private final List<Selector> taken = new ArrayList<>();

  /** What is done in a turn. */
  @FunctionalInterface
  public interface Work<T> {
    T call() throws InterruptedException;
  }

  /**
   * Waits until nobody else has a series that these select, takes them all at once, and has them
   * for as long as the work takes.
   */
  public <T> T during(List<Selector> selectors, Work<T> work) throws InterruptedException {
    take(selectors);
    try {
      return work.call();
    } finally {
      release(selectors);
    }
  }

  private void take(List<Selector> selectors) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (selectors.stream().anyMatch(s -> taken.stream().anyMatch(s::overlaps))) {
        freed.await();
      }
      taken.addAll(selectors);
    } finally {
      lock.unlock();
    }
  }

  private void release(List<Selector> selectors) {
    lock.lock();
    try {
      selectors.forEach(taken::remove);
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
