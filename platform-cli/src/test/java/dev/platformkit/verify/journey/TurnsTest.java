package dev.platformkit.verify.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class TurnsTest {
  private final Turns turns = new Turns();

  @Test
  void journeysOfTheSameSeriesGoOneAfterTheOther() throws Exception {
    CountDownLatch firstIsIn = new CountDownLatch(1);
    CountDownLatch firstMayLeave = new CountDownLatch(1);
    AtomicBoolean firstIsOut = new AtomicBoolean();
    CompletableFuture<Void> first =
        start(
            () -> {
              firstIsIn.countDown();
              firstMayLeave.await();
              firstIsOut.set(true);
              return null;
            });
    firstIsIn.await();
    CompletableFuture<Boolean> second = start(firstIsOut::get);

    assertThat(second.isDone()).isFalse();
    firstMayLeave.countDown();

    assertThat(second.get(5, TimeUnit.SECONDS)).isTrue();
    first.get(5, TimeUnit.SECONDS);
  }

  @Test
  void othersGoSideBySide() throws Exception {
    CountDownLatch bothIn = new CountDownLatch(2);
    CompletableFuture<Void> first = start("a", () -> meet(bothIn));
    CompletableFuture<Void> second = start("b", () -> meet(bothIn));

    first.get(5, TimeUnit.SECONDS);
    second.get(5, TimeUnit.SECONDS);
  }

  private static Void meet(CountDownLatch both) throws InterruptedException {
    both.countDown();
    both.await();
    return null;
  }

  private <T> CompletableFuture<T> start(Turns.Work<T> work) {
    return start("a", work);
  }

  private <T> CompletableFuture<T> start(String metric, Turns.Work<T> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return turns.during(List.of(new Selector(metric, List.of())), work);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }
}
