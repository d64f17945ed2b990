package dev.platformkit.it.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every service of the shop keeps to, whatever it does. */
@ExtendWith(Shop.Running.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServiceContract {
  private static final Refused NOT_A_SERVICE = Refused.with(Code.UNAUTHENTICATED, "NOT_A_SERVICE");

  /** Who may call a method. */
  enum Access {
    ANYONE,
    SIGNED_IN,
    ADMINS,
    SERVICES
  }

  /** Its name in the registry. */
  abstract String service();

  /** Every method that it has, and who may call it. */
  abstract Map<String, Access> methods();

  /** What it must not take. */
  abstract Stream<BadInput> badInput(Shop shop);

  @Test
  void standsInTheRegistryOnceWhereItIsAndPasses(Shop shop) {
    expectPassing(shop, service());
  }

  static void expectPassing(Shop shop, String service) {
    await()
        .untilAsserted(
            () -> {
              JsonNode entries =
                  Json.read(
                      shop.platform()
                          .ask("GET", "consul", 8500, "/v1/health/service/" + service, ""));
              assertThat(entries).as(entries.toString()).hasSize(1);
              JsonNode entry = entries.get(0);
              assertThat(entry.at("/Service/ID").asText())
                  .isEqualTo(shop.platform().instance(service));
              assertThat(entry.at("/Service/Address").asText())
                  .isEqualTo(shop.platform().addressInside(service));
              assertThat(entry.path("Checks").findValuesAsText("Status"))
                  .hasSizeGreaterThan(1)
                  .containsOnly("passing");
            });
  }

  @Test
  void hasTheMethodsWhoseCallersAreKnown(Shop shop) {
    assertThat(shop.service(service()).methods())
        .containsExactlyInAnyOrderElementsOf(methods().keySet());
  }

  Set<String> everyMethod() {
    return methods().keySet();
  }

  /** Who goes past the gateway has no key, or not for this service, or an old one. */
  @ParameterizedTest
  @MethodSource("everyMethod")
  void doesNothingForWhoeverDoesNotShowToBeAService(String method, Shop shop) {
    String key = shop.secret("service-key");
    Optional<String> admin = Who.ADMIN.token(shop);
    List<Metadata> strangers =
        List.of(
            shop.headers(service(), Who.OUTSIDER),
            Shop.headers("not a token", admin),
            Shop.headers(ServiceToken.signed("k".repeat(64), service()), admin),
            Shop.headers(ServiceToken.signed(key, "another-service"), admin),
            Shop.headers(
                ServiceToken.signed(key, service(), Instant.now().minus(Duration.ofMinutes(5))),
                admin));

    shop.expectNothingWritten(
        () ->
            assertThat(strangers)
                .allSatisfy(
                    headers ->
                        assertThat(shop.service(service()).refusal(headers, method, "{}"))
                            .isEqualTo(NOT_A_SERVICE)));
  }

  List<String> methodsForWhoeverIsSignedIn() {
    return methods().keySet().stream()
        .filter(method -> Set.of(Access.SIGNED_IN, Access.ADMINS).contains(methods().get(method)))
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @MethodSource("methodsForWhoeverIsSignedIn")
  void doesNothingWithoutAGoodAccessToken(String method, Shop shop) {
    String key = ServiceToken.signed(shop.secret("service-key"), service());
    String good = shop.admin().token();
    // The signature is another one, the claims are not.
    String altered = good.substring(0, good.lastIndexOf('.') + 1) + "A".repeat(86);
    // Nobody signed this one, as it says itself.
    String unsigned =
        ServiceToken.encoded("{\"alg\":\"none\"}") + good.substring(good.indexOf('.'));
    // What the shop's services show each other is no user's.
    String anothers = ServiceToken.signed(shop.secret("service-key"), service());

    shop.expectNothingWritten(
        () -> {
          assertThat(shop.refusal(service(), Who.NOBODY, method, "{}"))
              .isEqualTo(Refused.with(Code.UNAUTHENTICATED, "NOT_SIGNED_IN"));
          assertThat(List.of(altered, unsigned, anothers, "nonsense"))
              .allSatisfy(
                  token ->
                      assertThat(
                              shop.service(service())
                                  .refusal(Shop.headers(key, Optional.of(token)), method, "{}"))
                          .isEqualTo(Refused.with(Code.UNAUTHENTICATED, "TOKEN_INVALID")));
        });
  }

  @ParameterizedTest
  @MethodSource("badInput")
  void refusesWhatItsContractDoesNotAllow(BadInput bad, Shop shop) {
    bad.isRefused(shop, service());
  }
}
