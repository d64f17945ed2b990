package dev.platformkit.kit.limit;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Time as a test has it. */
final class SetTimer implements Timer {
  private final PriorityQueue<Step> steps = new PriorityQueue<>(Comparator.comparing(Step::at));
  private long now;

  @Override
  public synchronized long now() {
    return now;
  }

  @Override
  public synchronized void at(long moment, Runnable step) {
    steps.add(new Step(moment, step));
  }

  synchronized void advance(long nanos) {
    now += nanos;
    while (!steps.isEmpty() && steps.peek().at() <= now) {
      steps.remove().what().run();
    }
  }

  @Override
  public synchronized void close() {
    steps.clear();
  }

  private record Step(long at, Runnable what) {}
}
