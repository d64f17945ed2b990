package dev.platformkit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every instance of product hangs, which is worse than to be dead: nothing refuses, all wait. Carts
 * are shown all the same, soon and as they were, and nobody who needs no product notices.
 */
@ExtendWith(StressedShop.Shared.class)
class ShopBreakerIT {
  private static final int VIEWERS = 6;
  private static final Duration PAUSE = Duration.ofMillis(150);
  private static final Duration SOON = Duration.ofMinutes(1);

  /** How long cart-api waits for product. */
  private static final Duration WAIT = Duration.ofMillis(700);

  /** The last calls by which a breaker judges, those that are made at a time, and its probes. */
  private static final int WINDOW = 20;

  private static final int AT_A_TIME = 16;
  private static final int PROBES = 3;
  private static final int TRIES = 3;

  private final StressedShop shop;

  ShopBreakerIT(StressedShop shop) {
    this.shop = shop;
  }

  @Test
  void cartsAreShownAsTheyWereAndNobodyElseWaits() {
    shop.run();
    Shopper other = shop.shopper();
    Map<String, Duration> before = new HashMap<>();
    Map<String, Duration> meanwhile = new HashMap<>();

    Outage outage =
        outage(
            viewers -> before.putAll(p99(other)),
            viewers -> {
              await("the breaker is open").atMost(SOON).until(() -> shop.breakerIs("open"));
              long open = System.nanoTime();
              await("Prometheus sees it open")
                  .atMost(SOON)
                  .until(
                      () -> shop.stored("breaker_state{target=\"product\",state=\"open\"}") == 1);
              meanwhile.putAll(p99(other));
              // A machine that halts for a moment makes anybody wait, but not every time.
              for (int i = 1; i < TRIES && !areNotHeldUp(meanwhile, before); i++) {
                p99(other).forEach((what, p99) -> meanwhile.merge(what, p99, ShopBreakerIT::least));
              }
              return viewers.since(open);
            });

    outage.assertCartsAreShownAsTheyWere();
    outage.assertNobodyWaitsForProduct();
    outage.assertProductIsOnlyProbed();
    meanwhile.forEach(
        (what, p99) ->
            assertThat(p99)
                .as("p99 of %s while product hangs; before, %s", what, before.get(what))
                .isLessThan(longest(before.get(what))));
    assertThat(shop.breakerIs("closed")).isTrue();
    await("Prometheus sees it closed")
        .atMost(SOON)
        .until(() -> shop.stored("breaker_state{target=\"product\",state=\"closed\"}") == 1);
  }

  /** The same, of a cart-api whose breaker is off: what was held to above does not hold. */
  @Test
  void withoutTheBreakerEachWaitsAsLongAsItCan() {
    shop.run("BREAKER=off");

    Outage outage =
        outage(
            viewers -> {},
            viewers -> {
              long hangs = System.nanoTime();
              await("enough have waited")
                  .atMost(SOON)
                  .until(() -> viewers.since(hangs).size() >= 2 * (WINDOW + AT_A_TIME));
              return viewers.since(hangs);
            });

    assertThatThrownBy(outage::assertNobodyWaitsForProduct).isInstanceOf(AssertionError.class);
    assertThatThrownBy(outage::assertProductIsOnlyProbed).isInstanceOf(AssertionError.class);
  }

  private interface Before {
    void run(Viewers viewers);
  }

  private interface Meanwhile {
    List<Answer> run(Viewers viewers);
  }

  /** Pauses product while carts are looked at, and lets it go on until they are fresh again. */
  private Outage outage(Before before, Meanwhile meanwhile) {
    Shopper last = shop.shopper();
    Replicas product = shop.product();
    double asked;
    long probed = probed();
    List<Answer> answers;
    try (Viewers viewers = new Viewers(shop.shoppers(VIEWERS), PAUSE)) {
      before.run(viewers);
      asked = product.handled("BatchGetProducts");
      product.pause();
      answers = meanwhile.run(viewers);
    }
    product.goOn();
    List<Answer> recovery = new ArrayList<>();
    await("carts are fresh again, and the breaker is closed where there is one")
        .atMost(SOON)
        .until(
            () -> {
              recovery.add(last.cart());
              return recovery.get(recovery.size() - 1).fresh() && !shop.breakerIsNotClosed();
            });
    return new Outage(
        last.product(),
        answers,
        product.handled("BatchGetProducts")
            - asked
            - recovery.stream().filter(Answer::fresh).count(),
        probed() - probed);
  }

  /** How often the breaker has let probes through. */
  private long probed() {
    Replicas cartApi = shop.cartApi();
    return cartApi.log(cartApi.containers().get(0)).stream()
        .filter(
            line ->
                line.path("message")
                    .asText()
                    .startsWith("the breaker towards product is half_open"))
        .count();
  }

  /** How long somebody waits for what needs no product, at the 99th percentile. */
  private static Map<String, Duration> p99(Shopper other) {
    return Map.of("categories", p99(other::categories, 200), "log-in", p99(other::logIn, 201));
  }

  private static Duration p99(Supplier<Answer> request, int status) {
    List<Answer> answers = Stream.generate(request).limit(100).toList();
    assertThat(answers.stream().filter(answer -> answer.status() != status)).isEmpty();
    return Answer.percentile(99, answers);
  }

  private static boolean areNotHeldUp(Map<String, Duration> now, Map<String, Duration> before) {
    return now.entrySet().stream()
        .allMatch(p99 -> p99.getValue().compareTo(longest(before.get(p99.getKey()))) < 0);
  }

  /** How long it may take where it took so long before. */
  private static Duration longest(Duration before) {
    Duration tenfold = before.multipliedBy(10);
    return tenfold.compareTo(WAIT.dividedBy(2)) > 0 ? tenfold : WAIT.dividedBy(2);
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /**
   * Some time in which product hung.
   *
   * @param product what is in all carts
   * @param answers to those who looked into them
   * @param asked how often product was asked meanwhile, as product itself counted when it went on
   * @param probed how often the breaker let {@link #PROBES} calls through, to see
   */
  private record Outage(JsonNode product, List<Answer> answers, double asked, long probed) {
    void assertCartsAreShownAsTheyWere() {
      assertThat(answers).isNotEmpty();
      assertThat(answers.stream().filter(cart -> !isShownAsItWas(cart)).limit(3)).isEmpty();
    }

    private boolean isShownAsItWas(Answer cart) {
      JsonNode line = cart.status() == 200 ? cart.json().at("/items/0") : product;
      return !cart.withoutProduct().isEmpty()
          && line.path("stale").asBoolean()
          && line.at("/product/name").equals(product.path("name"))
          && line.at("/product/price_cents").equals(product.path("price_cents"));
    }

    void assertNobodyWaitsForProduct() {
      assertThat(Answer.percentile(50, answers))
          .as("half of %d answers, of which the breaker stood for %d", answers.size(), refused())
          .isLessThan(WAIT.dividedBy(2));
      assertThat(refused()).as("of %d", answers.size()).isGreaterThan(answers.size() / 2);
    }

    void assertProductIsOnlyProbed() {
      assertThat(asked)
          .as("asked, while %d carts were shown and %d times probed", answers.size(), probed)
          .isPositive()
          .isLessThanOrEqualTo((double) (WINDOW + AT_A_TIME + PROBES * probed));
    }

    private long refused() {
      return answers.stream().filter(a -> a.withoutProduct().equals("BREAKER_OPEN")).count();
    }
  }
}
