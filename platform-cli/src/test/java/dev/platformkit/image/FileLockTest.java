package dev.platformkit.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FileLockTest {
  @TempDir Path folder;

  @Test
  @Timeout(10)
  void twoThreadsOfOneProcessTakeTurns() {
    Path file = folder.resolve("locks/maven.lock");
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch secondWaits = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(1);
    try {
      CompletableFuture<Boolean> second =
          FileLock.holding(
              file,
              () -> order.add("first waits"),
              () -> {
                CompletableFuture<Boolean> started =
                    CompletableFuture.supplyAsync(
                        () ->
                            FileLock.holding(
                                file, secondWaits::countDown, () -> order.add("second")),
                        threads);
                await(secondWaits);
                order.add("first");
                return started;
              });

      assertThat(second.join()).isTrue();
      assertThat(order).containsExactly("first", "second");
    } finally {
      threads.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
