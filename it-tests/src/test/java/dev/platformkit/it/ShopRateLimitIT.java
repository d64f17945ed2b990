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
    Replicas limited = shop.cartApi();
    await("nobody's turn is still to come").atMost(SOON).until(() -> other.cart().fresh());
    double refusedBefore = limited.metric("rate_limit_refused_total");
    double servedBefore = limited.metric("rate_limit_delay_seconds_count");

    ExecutorService threads = Executors.newFixedThreadPool(BURST);
    List<Answer> burst;
    Answer others;
    List<Double> waiting = new ArrayList<>();
    try {
      List<CompletableFuture<Answer>> all =
          Stream.generate(() -> CompletableFuture.supplyAsync(greedy::cart, threads))
              .limit(BURST)
              .toList();
      await("calls wait")
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(5))
          .until(
              () -> {
                waiting.add(limited.metric("rate_limit_queue"));
                return waiting.get(waiting.size() - 1) > 0;
              });
      others = other.cart();
      burst = all.stream().map(CompletableFuture::join).toList();
    } finally {
      threads.shutdownNow();
    }

    List<Answer> served = burst.stream().filter(answer -> answer.status() == 200).toList();
    List<Answer> refused = burst.stream().filter(answer -> answer.status() != 200).toList();
    assertThat(served).as(statuses(burst)).hasSizeBetween(4, BURST - 1);
    assertThat(refused).as(statuses(burst)).allSatisfy(ShopRateLimitIT::assertToldToTryAgain);
    assertThat(others.status()).as(others.toString()).isEqualTo(200);
    assertThat(others.ended())
        .as("served before the last of the burst")
        .isLessThan(served.stream().mapToLong(Answer::ended).max().orElseThrow());
    assertEvenlySpaced(served);
    assertThat(waiting.get(waiting.size() - 1)).isBetween(1.0, (double) QUEUE);
    assertThat(limited.metric("rate_limit_queue")).isZero();
    assertThat(limited.metric("rate_limit_refused_total") - refusedBefore)
        .isEqualTo(refused.size());
    assertThat(limited.metric("rate_limit_delay_seconds_count") - servedBefore)
        .as("those served, and the other's")
        .isEqualTo(served.size() + 1);
    assertThat(limited.metric("rate_limit_delay_seconds_sum"))
        .as("seconds that they waited")
        .isGreaterThan(INTERVAL.toMillis() / 1000.0 * (served.size() - 1));
    await("Prometheus has it too")
        .atMost(SOON)
        .until(() -> shop.stored("rate_limit_refused_total") == refused.size() + refusedBefore);
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

  /**
   * By the moments at which cart-api asked cart for those that it served. What the machine adds to
   * one gap it takes from the next; what a burst let through would have a gap of nearly nothing.
   */
  private void assertEvenlySpaced(List<Answer> served) {
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
