package dev.platformkit.it;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several instances of product: who is asked, and what becomes of those who come and go. */
@ExtendWith(StressedShop.Shared.class)
class ShopInstancesIT {
  private static final int CALLS = 300;
  private static final String METHOD = "BatchGetProducts";

  /** A fair coin fails one of two tests no more often than this. */
  private static final double FALSE_ALARM = 1e-6;

  private static final Duration SOON = Duration.ofSeconds(30);

  /** Consul itself would keep who is dead for a minute at least. */
  private static final Duration SOONER_THAN_CONSUL = Duration.ofSeconds(45);

  /** No call takes so long of an instance that answers; and nobody gives up as soon. */
  private static final Duration LONG_WAIT = Duration.ofMillis(250);

  private final StressedShop shop;

  ShopInstancesIT(StressedShop shop) {
    this.shop = shop;
  }

  @Test
  void roundRobinAsksThemInTurn() {
    shop.run("SELECTOR=round_robin");

    Choices choices = choices();

    assertThat(Math.abs(choices.of(0) - choices.of(1)))
        .as(choices.toString())
        .isLessThanOrEqualTo(1);
    assertThat(choices.changes()).as(choices.toString()).isEqualTo(CALLS - 1);
  }

  @Test
  void randomIsAFairCoinThatRemembersNothing() {
    shop.run("SELECTOR=random");

    Choices choices = choices();

    assertFair("calls of one of the two", choices.of(0), CALLS);
    assertFair("changes from one to the other", choices.changes(), CALLS - 1);
  }

  @Test
  void whoJoinsIsAskedTooAndWhoIsKilledIsForgottenAndMissedByNobody() {
    shop.run();
    Replicas before = shop.product();
    shop.scaleProduct(before.containers().size() + 1);
    Replicas all = shop.product();
    String newcomer =
        all.containers().stream().filter(c -> !before.containers().contains(c)).findFirst().get();

    shop.awaitTraffic(all.only(newcomer));
    assertThat(shop.registered()).contains(all.instance(newcomer));

    Replicas victim = all.only(before.containers().get(0));
    try (Viewers viewers = new Viewers(shop.shoppers(4), Duration.ofMillis(20))) {
      await("carts are looked at").atMost(SOON).until(() -> viewers.answers() > 50);
      long begin = System.nanoTime();
      victim.pause();
      awaitSomebodyWaiting();
      victim.kill();
      long killed = System.nanoTime();
      await("the registry has forgotten it")
          .atMost(SOONER_THAN_CONSUL)
          .until(() -> !shop.registered().contains(victim.instance(victim.containers().get(0))));
      await("carts are looked at").atMost(SOON).until(() -> viewers.since(killed).size() > 50);

      assertThat(viewers.since(killed))
          .as("begun when it was dead, also before the registry knew")
          .filteredOn(cart -> !cart.fresh())
          .isEmpty();
      List<Answer> inFlight =
          viewers.since(begin).stream().filter(cart -> cart.sent() - killed < 0).toList();
      assertThat(inFlight)
          .as("begun before")
          .isNotEmpty()
          .filteredOn(cart -> cart.status() != 200)
          .isEmpty();
      assertATraceShowsTheSecondAttempt(inFlight);
    }
    assertThat(shop.registered())
        .as("those who are left")
        .containsExactlyInAnyOrderElementsOf(
            shop.product().containers().stream().map(all::instance).toList());
  }

  /** For the one that is paused, that is: a call of another is over long before. */
  private void awaitSomebodyWaiting() {
    AtomicLong nobody = new AtomicLong(System.nanoTime());
    await("somebody waits for the one that is to die")
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              if (shop.cartApi().metric("bulkhead_in_use", "target=\"product\"") == 0) {
                nobody.set(System.nanoTime());
              }
              return System.nanoTime() - nobody.get() > LONG_WAIT.toNanos();
            });
  }

  private void assertATraceShowsTheSecondAttempt(List<Answer> answers) {
    await("a trace with two attempts, of which the second succeeded")
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(answers)
                    .anySatisfy(
                        answer -> {
                          List<StressedShop.Seen> spans = shop.spans(answer.trace());
                          assertThat(spans)
                              .filteredOn(span -> !span.isServer())
                              .anySatisfy(
                                  call ->
                                      assertThat(
                                              call.events(
                                                  "attempt",
                                                  "rpc.grpc.previous_attempts",
                                                  "rpc.grpc.status"))
                                          .containsExactly("0 UNAVAILABLE", "1 OK"));
                          assertThat(spans)
                              .filteredOn(StressedShop.Seen::isServer)
                              .anySatisfy(
                                  handled ->
                                      assertThat(handled.attribute("rpc.grpc.previous_attempts"))
                                          .isEqualTo("1"));
                        }));
  }

  /** Which instance of product was asked by each of so many carts, one after the other. */
  private Choices choices() {
    Replicas product = shop.product();
    assertThat(product.containers()).hasSize(StressedShop.PRODUCTS);
    Shopper shopper = shop.shopper();
    Map<String, Double> before = counts(product);

    List<String> traces = Stream.generate(shopper::cart).limit(CALLS).map(Answer::trace).toList();

    Choices choices =
        new Choices(
            await("each call in a log")
                .atMost(SOON)
                .until(() -> whoHandled(product, traces), all -> all.size() == CALLS));
    Map<String, Double> after = counts(product);
    for (int i = 0; i < StressedShop.PRODUCTS; i++) {
      String container = product.containers().get(i);
      assertThat(after.get(container) - before.get(container))
          .as("as %s counts", product.instance(container))
          .isEqualTo((double) choices.of(i));
    }
    return choices;
  }

  private static Map<String, Double> counts(Replicas product) {
    return product.containers().stream()
        .collect(toMap(container -> container, c -> product.only(c).handled(METHOD)));
  }

  /** By their logs, in the order of the traces. */
  private static List<Integer> whoHandled(Replicas product, List<String> traces) {
    Map<String, Integer> handled = new HashMap<>();
    for (int i = 0; i < product.containers().size(); i++) {
      int instance = i;
      product.log(product.containers().get(i)).stream()
          .filter(line -> line.path("message").asText().contains("/" + METHOD + " OK "))
          .forEach(line -> handled.put(line.path("trace.id").asText(), instance));
    }
    return traces.stream().filter(handled::containsKey).map(handled::get).toList();
  }

  /**
   * That so many heads of so many throws are what a fair coin shows: Hoeffding's bound, which holds
   * for any number of throws, exceeded by chance in no more than half of {@link #FALSE_ALARM}.
   */
  private static void assertFair(String what, long heads, int throwsInAll) {
    double most = Math.sqrt(throwsInAll * Math.log(4 / FALSE_ALARM) / 2);
    assertThat(heads)
        .as("%s, of %d", what, throwsInAll)
        .isBetween(
            (long) Math.ceil(throwsInAll / 2.0 - most),
            (long) Math.floor(throwsInAll / 2.0 + most));
  }

  /** Instances by their number, in the order in which they were asked. */
  private record Choices(List<Integer> instances) {
    Choices {
      instances = List.copyOf(instances);
    }

    long of(int instance) {
      return instances.stream().filter(i -> i == instance).count();
    }

    /** How often another one was asked than the time before. */
    long changes() {
      long changes = 0;
      for (int i = 1; i < instances.size(); i++) {
        changes += instances.get(i).equals(instances.get(i - 1)) ? 0 : 1;
      }
      return changes;
    }
  }
}
