package dev.platformkit.verify.run;

import static java.util.Objects.requireNonNull;

import dev.platformkit.verify.Judge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * What goes on side by side in one run. Every task mostly waits, so each has a thread. When the
 * process is told to end, probes are settled and take back what they left in the platform first.
 */
final class Tasks implements AutoCloseable {
  private static final Duration LAST_WORDS = Duration.ofSeconds(3);

  private final Judge judge;
  private final Thread atEnd = new Thread(this::wrapUp, "verify-interrupted");
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "verify");
            thread.setDaemon(true);
            return thread;
          });

  Tasks(Judge judge) {
    this.judge = requireNonNull(judge, "judge is null");
    Runtime.getRuntime().addShutdownHook(atEnd);
  }

  <T> Future<T> task(Callable<T> task) {
    return threads.submit(task);
  }

  /** The results of all, in their order; what one of them throws, this throws. */
  <T> List<T> all(List<Future<T>> futures) throws InterruptedException {
    List<T> results = new ArrayList<>();
    for (Future<T> future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
    return results;
  }

  private void wrapUp() {
    judge.cancel();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends what still goes on, for example because something else has thrown. */
  @Override
  public void close() {
    wrapUp();
    try {
      Runtime.getRuntime().removeShutdownHook(atEnd);
    } catch (IllegalStateException e) {
      return; // the process is ending: the hook is at work
    }
  }
}
