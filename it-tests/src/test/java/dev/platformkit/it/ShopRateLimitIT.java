package dev.platformkit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One shopper asks for far too much at once; what of it is served, and what others notice. */
@ExtendWith(StressedShop.Shared.class)
class ShopRateLimitIT {
  private static final int QUEUE = 6;
  private static final int BURST = 24;
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final int TRIES = 5;
  private static final Duration SOON = Duration.ofSeconds(30);

  private final StressedShop shop;

  ShopRateLimitIT(StressedShop shop) {
    this.shop = shop;
  }

  @Test
  void itLeaksOutEvenlyAndWhatIsTooMuchIsRefusedAndOthersAreServed() {
    shop.run("RATE_LIMIT=10/s", "RATE_QUEUE=" + QUEUE);
    Shopper greedy = shop.shopper();
    Shopper other = shop.shopper();
    await("nobody's turn is still to come").atMost(SOON).until(() -> other.cart().fresh());

    Burst burst = counted(greedy, other);
    assertThat(shop.cartApi().metric("rate_limit_delay_seconds_sum"))
        .as("seconds that they waited")
        .isGreaterThan(INTERVAL.toMillis() / 1000.0 * (burst.served().size() - 1));
    double refused = shop.cartApi().metric("rate_limit_refused_total");
    await("Prometheus has it too")
        .atMost(SOON)
        .until(() -> shop.stored("rate_limit_refused_total") == refused);

    // A machine that halts for a moment can hide that calls leak out evenly, but not feign it.
    for (int left = TRIES - 1; !isEven(burst, left); left--) {
      burst = counted(greedy, other);
    }
  }

  /**
   * What came of much that was asked for at once.
   *
   * @param all of the greedy one
   * @param other of somebody else who asked while calls of the greedy one waited
   * @param waiting how many of them waited then
   */
  private record Burst(List<Answer> all, Answer other, double waiting) {
    List<Answer> served() {
      return all.stream().filter(answer -> answer.status() == 200).toList();
    }

    List<Answer> refused() {
      return all.stream().filter(answer -> answer.status() != 200).toList();
    }
  }

  private Burst burst(Shopper greedy, Shopper other) {
    Replicas limited = shop.cartApi();
    ExecutorService threads = Executors.newFixedThreadPool(BURST);
    try {
      List<CompletableFuture<Answer>> all =
          Stream.generate(() -> CompletableFuture.supplyAsync(greedy::cart, threads))
              .limit(BURST)
              .toList();
      double waiting =
          await("calls wait")
              .pollDelay(Duration.ZERO)
              .pollInterval(Duration.ofMillis(5))
              .until(() -> limited.metric("rate_limit_queue"), queue -> queue > 0);
      Answer others = other.cart();
      return new Burst(all.stream().map(CompletableFuture::join).toList(), others, waiting);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Holds a burst to what is so however fast the machine is, and cart-api's counts to it. */
  private Burst counted(Shopper greedy, Shopper other) {
    Replicas limited = shop.cartApi();
    double refusedBefore = limited.metric("rate_limit_refused_total");
    double servedBefore = limited.metric("rate_limit_delay_seconds_count");
    Burst burst = burst(greedy, other);

    assertThat(burst.served()).as(statuses(burst.all())).hasSizeBetween(4, BURST - 1);
    assertThat(burst.refused())
        .as(statuses(burst.all()))
        .allSatisfy(ShopRateLimitIT::assertToldToTryAgain);
    assertThat(burst.other().status()).as(burst.other().toString()).isEqualTo(200);
    assertThat(burst.waiting()).isBetween(1.0, (double) QUEUE);
    assertThat(limited.metric("rate_limit_queue")).isZero();
    assertThat(limited.metric("rate_limit_refused_total") - refusedBefore)
        .isEqualTo(burst.refused().size());
    assertThat(limited.metric("rate_limit_delay_seconds_count") - servedBefore)
        .as("those served, and the other's")
        .isEqualTo(burst.served().size() + 1);
    return burst;
  }

  private static String statuses(List<Answer> answers) {
    return "of " + answers.stream().map(Answer::status).toList();
  }

  private static void assertToldToTryAgain(Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(429);
    assertThat(answer.header("content-type")).startsWith("application/problem+json");
    assertThat(answer.json().path("reason").asText()).isEqualTo("RATE_LIMITED");
    assertThat(answer.json().path("status").asInt()).isEqualTo(429);
    assertThat(answer.header("retry-after")).matches("[1-9]\\d*");
  }

  /** Whether it is; where it is not and no try is left, that fails the test. */
  private boolean isEven(Burst burst, int triesLeft) {
    try {
      assertEven(burst);
      return true;
    } catch (AssertionError e) {
      if (triesLeft == 0) {
        throw e;
      }
      return false;
    }
  }

  /**
   * By the moments at which cart-api asked cart for those that it served. What the machine adds to
   * one gap it takes from the next; what a burst let through would have a gap of nearly nothing.
   */
  private void assertEven(Burst burst) {
    List<Answer> served = burst.served();
    assertThat(burst.other().ended())
        .as("the other one is served before the last of the burst")
        .isLessThan(served.stream().mapToLong(Answer::ended).max().orElseThrow());
    List<Long> moments =
        served.stream().map(answer -> firstCallTo("GetCart", answer)).sorted().toList();
    List<Duration> gaps = new ArrayList<>();
    for (int i = 1; i < moments.size(); i++) {
      gaps.add(Duration.ofNanos(moments.get(i) - moments.get(i - 1)));
    }
    double average =
        (moments.get(moments.size() - 1) - moments.get(0)) / 1e6 / (moments.size() - 1);
    assertThat(average).as("ms on average of %s", gaps).isCloseTo(100, within(25.0));
    assertThat(gaps.stream().sorted().toList().get(gaps.size() / 4))
        .as("three quarters of %s are longer", gaps)
        .isGreaterThan(INTERVAL.dividedBy(2));
  }

  private long firstCallTo(String method, Answer answer) {
    return await("the call to cart in trace " + answer.trace())
        .atMost(SOON)
        .until(
            () ->
                shop.spans(answer.trace()).stream()
                    .filter(span -> !span.isServer())
                    .filter(span -> span.name().equals("shop.cart.v1.CartService/" + method))
                    .mapToLong(StressedShop.Seen::startNanos)
                    .findFirst()
                    .orElse(0),
            start -> start > 0);
  }
}
