package dev.platformkit.shop.gateway;

import static dev.platformkit.shop.gateway.GatewayFixture.PATIENCE;
import static dev.platformkit.shop.gateway.GatewayFixture.await;
import static dev.platformkit.shop.gateway.GatewayFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.kit.http.HttpSettings;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Services come, go, change and keep silent while the gateway runs. */
class DiscoveryTest {
  private static final Duration SOON = Duration.ofMillis(300);

  private final FakeShop shop = new FakeShop();
  private GatewayFixture gateway;

  @BeforeEach
  void start() throws Exception {
    gateway = GatewayFixture.start();
  }

  private void startWith(Discovery.Pace pace) throws Exception {
    stop();
    gateway =
        new GatewayFixture(PATIENCE, pace, HttpSettings.usual().withPatience(PATIENCE), good -> {});
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  @Test
  void aServiceThatJoinsCanBeAskedWithoutARestart() throws Exception {
    gateway.with("product", shop.products()).ready();
    assertThat(gateway.get("/v1/categories/c-1").statusCode()).isEqualTo(404);

    gateway.with("category", shop.categories());
    await().until(() -> gateway.get("/v1/categories/c-1").statusCode() == 200);

    assertThat(json(gateway.get("/v1/categories/c-1")).get("id").getAsString()).isEqualTo("c-1");
    assertThat(gateway.get("/v1/products/p-1").statusCode()).isEqualTo(200);
    assertThat(gateway.get("/openapi.json").body()).contains("/v1/categories/{category_id}");
  }

  @Test
  void whatIsNotKnownYetIsNotSaidToBeMissing() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      gateway.registry.knows("slow", silent.getLocalPort());
      gateway.with("product", shop.products());
      await().until(() -> gateway.get("/v1/products/p-1").statusCode() == 200);

      HttpResponse<String> answer = gateway.get("/v1/unheard-of");

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).contains("1");
      assertThat(json(answer).get("detail").getAsString()).contains("slow has not said yet");
    }
  }

  @Test
  void aServiceThatNeverSaysAnythingHoldsNobodyUp() throws Exception {
    startWith(new Discovery.Pace(Duration.ofSeconds(2), PATIENCE, PATIENCE));
    try (ServerSocket silent = new ServerSocket(0)) {
      gateway.registry.knows("slow", silent.getLocalPort());
      gateway.with("product", shop.products()).ready();

      assertThat(gateway.get("/v1/products/p-1").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aServiceThatLeftIsSaidNotToAnswerUntilItIsForgotten() throws Exception {
    startWith(new Discovery.Pace(PATIENCE, PATIENCE, Duration.ofSeconds(2)));
    gateway.with("product", shop.products()).ready();

    gateway.stops("product");
    gateway.registry.forgets("product");

    HttpResponse<String> answer = gateway.get("/v1/products/p-1");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(json(answer).get("detail").getAsString())
        .isEqualTo("a service that this needs does not answer");
    await().until(() -> gateway.get("/v1/products/p-1").statusCode() == 404);
    await().until(() -> routes("product") == null);
  }

  @Test
  void aServiceThatCameBackIsNotForgotten() throws Exception {
    startWith(new Discovery.Pace(PATIENCE, PATIENCE, Duration.ofSeconds(1)));
    gateway.with("product", shop.products()).with("user", shop.users()).ready();

    gateway.registry.forgets("product");
    gateway.stops("product");
    gateway.with("product", shop.products());
    gateway.registry.forgets("user");
    await().until(() -> gateway.get("/v1/users/me").statusCode() == 404);

    await().until(() -> gateway.get("/v1/products/p-1").statusCode() == 200);
  }

  @Test
  void aNewReleaseMayOfferMore() throws Exception {
    startWith(new Discovery.Pace(PATIENCE, SOON, PATIENCE));
    gateway.with("both", shop.products()).ready();
    assertThat(gateway.get("/v1/categories/c-1").statusCode()).isEqualTo(404);

    gateway.stops("both");
    gateway.with("both", shop.products(), shop.categories());

    await().until(() -> gateway.get("/v1/categories/c-1").statusCode() == 200);
  }

  @Test
  void ofTwoServicesThatWantTheSameTheFirstByNameHasIt() throws Exception {
    FakeShop other = new FakeShop();
    gateway.with("product-b", other.products()).ready();
    gateway.with("product-a", shop.products());
    await().until(() -> routes("product-a") != null && routes("product-a") > 0);

    gateway.get("/v1/products/p-1");

    assertThat(shop.headers.keys()).isNotEmpty();
    assertThat(other.headers.keys()).isEmpty();
    await().until(() -> refused("product-b").equals(routes("product-a")));
    assertThat(routes("product-b")).isZero();
  }

  @Test
  void whatCannotBeServedIsLeftOutAndCounted() throws Exception {
    gateway.with("stranger", Stranger.service()).ready();

    await().until(() -> routes("stranger") != null && refused("stranger") != null);
    assertThat(routes("stranger")).isEqualTo(4);
    assertThat(refused("stranger")).isEqualTo(5);
    for (String path : new String[] {"/v1/inside", "/v1/nobody", "/v1/flow"}) {
      assertThat(gateway.get(path).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(json(gateway.get("/openapi.json")).get("openapi").getAsString()).isEqualTo("3.1.0");
  }

  private Double routes(String service) {
    return sample("gateway_routes", service);
  }

  private Double refused(String service) {
    return sample("gateway_routes_refused", service);
  }

  private Double sample(String name, String service) {
    return gateway.metrics.getSampleValue(
        name, new String[] {"service", "target"}, new String[] {"api-gateway", service});
  }
}
