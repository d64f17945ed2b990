package dev.platformkit.logkeeper;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the engine's log files until their lines are stored; see decision 9. */
final class Keeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Keeper.class);
  private static final long BETWEEN_LOOKS_MILLIS = 1000;
  private static final long BETWEEN_COUNTS_SECONDS = 5;
  private static final long LAST_LOOK_SECONDS = 5;

  private final Holdings holdings;
  private final Rounds rounds;
  private final Archive store;
  private final KeeperMetrics metrics;
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
  private final List<Future<?>> tasks = new ArrayList<>();

  private Keeper(Settings settings, CollectorRegistry registry) throws IOException {
    Clock clock = Clock.systemUTC();
    metrics = new KeeperMetrics(registry);
    store = new Store(settings.store());
    holdings = new Holdings(Files.createDirectories(settings.containers()), clock);
    rounds =
        new Rounds(
            settings::ships,
            holdings,
            new Shelf(Files.createDirectories(settings.kept()), settings.mostBytes()),
            store,
            metrics,
            clock);
  }

  /** Begins at once. */
  static Keeper start(Settings settings, CollectorRegistry registry) {
    try {
      Keeper keeper = new Keeper(settings, registry);
      Thread watch = new Thread(keeper.holdings::watch, "watch");
      watch.setUncaughtExceptionHandler(Keeper::end);
      watch.start();
      keeper.every(BETWEEN_LOOKS_MILLIS, keeper::look);
      keeper.every(TimeUnit.SECONDS.toMillis(BETWEEN_COUNTS_SECONDS), keeper::count);
      return keeper;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps what would be lost with this process. */
  @Override
  public void close() {
    try {
      tasks.forEach(task -> task.cancel(false));
      threads.shutdown();
      if (!threads.awaitTermination(LAST_LOOK_SECONDS, TimeUnit.SECONDS)) {
        log.warn("the last look did not end");
      }
      rounds.last();
      holdings.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void every(long millis, Runnable task) {
    tasks.add(threads.scheduleWithFixedDelay(task, 0, millis, TimeUnit.MILLISECONDS));
  }

  private void look() {
    try {
      rounds.look();
    } catch (IOException | RuntimeException e) {
      log.error("a look failed", e);
    }
  }

  private void count() {
    try {
      store.refused().ifPresent(metrics::refused);
    } catch (RuntimeException e) {
      log.error("what was refused cannot be counted", e);
    }
  }

  /** Without the watch nothing is held: the engine starts the process anew. */
  private static void end(Thread thread, Throwable cause) {
    log.error("{} ended", thread.getName(), cause);
    Runtime.getRuntime().halt(1);
  }
}
