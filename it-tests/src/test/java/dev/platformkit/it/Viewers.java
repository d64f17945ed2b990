package dev.platformkit.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Shoppers who look into their carts, pause, and look again, until closed. */
final class Viewers implements AutoCloseable {
  private final ScheduledExecutorService threads;
  private final List<ScheduledFuture<?>> viewers = new ArrayList<>();
  private final List<Answer> answers = new ArrayList<>();

  Viewers(List<Shopper> shoppers, Duration pause) {
    threads = Executors.newScheduledThreadPool(shoppers.size());
    for (Shopper shopper : shoppers) {
      viewers.add(
          threads.scheduleWithFixedDelay(
              () -> keep(shopper.cart()), 0, pause.toMillis(), TimeUnit.MILLISECONDS));
    }
  }

  private synchronized void keep(Answer answer) {
    answers.add(answer);
  }

  /** What was answered to requests that were sent at or after a moment. */
  synchronized List<Answer> since(long nanoTime) {
    return answers.stream().filter(answer -> answer.sent() - nanoTime >= 0).toList();
  }

  /** How many there were so far. */
  synchronized int answers() {
    return answers.size();
  }

  /** Ends when each has the answer that is waited for. */
  @Override
  public void close() {
    boolean left = viewers.stream().anyMatch(ScheduledFuture::isDone);
    threads.shutdown();
    try {
      if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
        throw new AssertionError("a viewer still waits for an answer");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    if (left) {
      throw new AssertionError("a viewer left too early");
    }
  }
}
