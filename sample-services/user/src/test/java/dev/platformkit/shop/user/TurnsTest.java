package dev.platformkit.shop.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final ExecutorService others = Executors.newCachedThreadPool();
  private final CountDownLatch done = new CountDownLatch(1);

  @AfterEach
  void stop() {
    done.countDown();
    others.shutdownNow();
  }

  @Test
  void whoFindsNoPlaceToWaitIsSentAwayAtOnceAndNothingIsDone() {
    Turns turns = new Turns(2, 0);
    occupy(turns, 2);
    AtomicBoolean ran = new AtomicBoolean();

    assertThatThrownBy(() -> turns.take(() -> ran.getAndSet(true)))
        .hasMessageStartingWith("RESOURCE_EXHAUSTED");

    assertThat(ran).isFalse();
  }

  @Test
  void whoWaitsGetsATurnWhenAnotherIsDone() {
    Turns turns = new Turns(1, 1);
    occupy(turns, 1);
    AtomicBoolean ran = new AtomicBoolean();
    others.execute(() -> turns.take(() -> ran.getAndSet(true)));
    assertThat(ran).isFalse();

    done.countDown();

    await().untilTrue(ran);
  }

  @Test
  void whoFailsLeavesTheTurnToOthers() {
    Turns turns = new Turns(1, 0);

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(
              () ->
                  turns.take(
                      () -> {
                        throw new IllegalStateException("wrong");
                      }))
          .hasMessage("wrong");
    }

    assertThat(turns.<Boolean>take(() -> true)).isTrue();
  }

  private void occupy(Turns turns, int times) {
    CountDownLatch begun = new CountDownLatch(times);
    for (int i = 0; i < times; i++) {
      others.execute(
          () ->
              turns.take(
                  () -> {
                    begun.countDown();
                    return awaitDone();
                  }));
    }
    await().until(() -> begun.getCount() == 0);
  }

  private boolean awaitDone() {
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }
}
