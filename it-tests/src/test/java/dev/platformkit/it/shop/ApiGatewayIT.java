package dev.platformkit.it.shop;

import static dev.platformkit.it.shop.Who.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The one way in from outside, as the image of api-gateway has it. */
@ExtendWith(Shop.Running.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiGatewayIT {
  private static final String GOOD = "{'name':'new','password':'12345678'}";

  @Test
  void standsInTheRegistryOnceWhereItIsAndPasses(Shop shop) {
    ServiceContract.expectPassing(shop, "api-gateway");
  }

  @Test
  void describesEveryRouteOfEveryService(Shop shop) {
    JsonNode paths = shop.http("GET", "/openapi.json", NOBODY, "").json().path("paths");

    Set<String> operations = new TreeSet<>();
    paths
        .fieldNames()
        .forEachRemaining(
            path ->
                paths
                    .path(path)
                    .fieldNames()
                    .forEachRemaining(verb -> operations.add(verb + " " + path)));
    assertThat(operations)
        .contains(
            "post /v1/users",
            "post /v1/sessions",
            "get /v1/categories/{category_id}",
            "put /v1/products/{product_id}",
            "post /v1/cart/check-out",
            "get /v1/orders/{order_id}")
        .hasSizeGreaterThan(28);
    assertThat(operations)
        .as("what is for services only")
        .noneMatch(each -> each.contains("stock"));
  }

  @Test
  void asksWhoSomebodyIsOnEveryRouteThatIsNotForAnyone(Shop shop) {
    JsonNode paths = shop.http("GET", "/openapi.json", NOBODY, "").json().path("paths");

    Set<String> open = new TreeSet<>();
    shop.expectNothingWritten(
        () ->
            paths
                .fieldNames()
                .forEachRemaining(
                    path ->
                        paths
                            .path(path)
                            .fieldNames()
                            .forEachRemaining(
                                verb -> {
                                  String method = verb.toUpperCase(Locale.ROOT);
                                  Reply reply =
                                      shop.http(
                                          method, path.replaceAll("\\{[^}]*}", "x"), NOBODY, "");
                                  if (reply.status() != 401) {
                                    open.add(method + " " + path);
                                  }
                                })));

    assertThat(open)
        .containsExactlyInAnyOrder(
            "GET /.well-known/jwks.json",
            "GET /v1/categories",
            "GET /v1/categories/{category_id}",
            "GET /v1/category-tree",
            "GET /v1/greeter/greetings/{name}",
            "GET /v1/products",
            "GET /v1/products/{product_id}",
            "POST /v1/sessions/log-out",
            "POST /v1/sessions/refresh",
            "POST /v1/users");
  }

  Stream<BadRequest> badRequests() {
    return Table.ofEverybody().requests("api-gateway");
  }

  @ParameterizedTest
  @MethodSource("badRequests")
  void refusesWhatIsNoRequestForAnything(BadRequest bad, Shop shop) {
    bad.isRefused(shop);
  }

  @Test
  void saysWhatCanBeDoneInsteadOfAVerbThatThereIsNot(Shop shop) {
    assertThat(shop.http("DELETE", "/v1/products", NOBODY, "").header("Allow").orElseThrow())
        .contains("GET", "POST");
  }

  @Test
  void takesNoBodyThatSaysToBeSomethingElseThanJson(Shop shop) {
    shop.expectNothingWritten(
        () -> {
          for (String type : List.of("text/plain", "application/xml", "multipart/form-data")) {
            Reply reply =
                shop.web()
                    .send("POST", "/v1/users", Optional.empty(), Optional.of(type), Json.of(GOOD));
            assertThat(reply.status()).as(type + ": " + reply).isEqualTo(415);
            assertThat(reply.header("Content-Type")).hasValue("application/problem+json");
            assertThat(reply.header("Accept")).hasValue("application/json");
          }
        });
  }

  /** Nobody else notices: the limit is each caller's own. */
  @Test
  void letsOneShopperHaveSoMuchAndNoMore(Shop shop) {
    Shopper greedy = shop.newShopper();
    Shopper modest = shop.newShopper();

    List<CompletableFuture<HttpResponse<String>>> asked =
        Stream.generate(() -> shop.web().later("/v1/cart", greedy.token())).limit(60).toList();
    Reply others = shop.http("GET", "/v1/cart", modest, "");
    List<Reply> replies =
        asked.stream().map(each -> new Reply("GET /v1/cart", each.join())).toList();

    assertThat(others.status()).as(others.toString()).isEqualTo(200);
    assertThat(replies).extracting(Reply::status).contains(200, 429).containsOnly(200, 429);
    assertThat(replies)
        .filteredOn(reply -> reply.status() == 429)
        .allSatisfy(
            reply -> {
              assertThat(reply.header("Content-Type")).hasValue("application/problem+json");
              assertThat(reply.text("reason")).isEqualTo("RATE_LIMITED");
              assertThat(reply.header("Retry-After").map(Integer::valueOf).orElseThrow())
                  .isPositive();
            });
  }
}
