package dev.platformkit.shop.gateway;

import static dev.platformkit.shop.gateway.GatewayFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.kit.http.HttpSettings;
import io.grpc.Status;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shop over HTTP, with services behind it that know one user and one product. */
class GatewayTest {
  private static final String[] SIGNED_IN = {"Authorization", "Bearer " + FakeShop.TOKEN};

  private final FakeShop shop = new FakeShop();
  private GatewayFixture gateway;

  @BeforeEach
  void start() throws Exception {
    gateway = all(GatewayFixture.start());
  }

  private GatewayFixture all(GatewayFixture fixture) throws Exception {
    return fixture
        .with("user", shop.users())
        .with("product", shop.products())
        .with("cart-api", shop.carts())
        .ready();
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  @Test
  void aUserRegisters() throws Exception {
    HttpResponse<String> answer =
        gateway.post("/v1/users", "{\"name\":\"ann\",\"password\":\"correct horse\"}");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(json(answer))
        .isEqualTo(json("{'id':'u-1','name':'ann','display_name':'','role':'ROLE_UNSPECIFIED'}"));
  }

  @Test
  void aUserLogsIn() throws Exception {
    HttpResponse<String> answer =
        gateway.post("/v1/sessions", "{\"name\":\"ann\",\"password\":\"correct horse\"}");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(json(answer).get("token").getAsString()).isEqualTo(FakeShop.TOKEN);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void productsArePaged() throws Exception {
    HttpResponse<String> answer = gateway.get("/v1/products?page_size=1&page_token=abc");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer))
        .isEqualTo(
            json("{'products':[" + FakeShop.MUG_JSON + "],'next_page_token':'1 after abc'}"));
  }

  @Test
  void aProductIsShown() throws Exception {
    assertThat(json(gateway.get("/v1/products/p-1"))).isEqualTo(json(FakeShop.MUG_JSON));
  }

  @Test
  void whoeverIsSignedInFillsTheCartSeesItAndChecksOut() throws Exception {
    HttpResponse<String> added =
        gateway.post("/v1/cart/items", "{\"product_id\":\"p-1\",\"quantity\":2}", SIGNED_IN);
    HttpResponse<String> cart = gateway.get("/v1/cart", SIGNED_IN);
    HttpResponse<String> out = gateway.post("/v1/cart/check-out", "", SIGNED_IN);

    assertThat(added.statusCode()).isEqualTo(201);
    assertThat(json(added).get("quantity").getAsInt()).isEqualTo(2);
    assertThat(json(cart).get("total_cents").getAsString()).isEqualTo("2580");
    assertThat(out.statusCode()).isEqualTo(202);
    assertThat(json(out)).isEqualTo(json("{'order_id':'o-1'}"));
  }

  @Test
  void whatNeedsAUserNeedsATokenThatLooksLikeOne() throws Exception {
    HttpResponse<String> without = gateway.get("/v1/cart");
    HttpResponse<String> other = gateway.get("/v1/cart", "Authorization", "Basic YTpi");
    HttpResponse<String> wrong = gateway.get("/v1/cart", "Authorization", "Bearer wrong");

    for (HttpResponse<String> answer : List.of(without, other, wrong)) {
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
          .startsWith("Bearer");
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }
    assertThat(json(without).get("reason").getAsString()).isEqualTo("NOT_SIGNED_IN");
    assertThat(json(wrong).get("reason").getAsString()).isEqualTo("TOKEN_INVALID");
  }

  @Test
  void aTokenThatIsFoundBadGoesNoFurther() throws Exception {
    stop();
    gateway =
        all(
            new GatewayFixture(
                GatewayFixture.PATIENCE,
                Discovery.Pace.usual(),
                HttpSettings.usual(),
                token -> {
                  throw Refusal.because(Status.Code.UNAUTHENTICATED, "TOKEN_EXPIRED", "too old")
                      .asException();
                }));

    HttpResponse<String> cart = gateway.get("/v1/cart", SIGNED_IN);

    assertThat(cart.statusCode()).isEqualTo(401);
    assertThat(json(cart).get("reason").getAsString()).isEqualTo("TOKEN_EXPIRED");
    assertThat(shop.header("authorization")).isNull();
    assertThat(gateway.get("/v1/products/p-1", SIGNED_IN).statusCode()).isEqualTo(200);
  }

  @Test
  void ofAllThatIsSaidAboutTheSenderOnlyTheTokenTravelsOn() throws Exception {
    gateway.get(
        "/v1/users/me",
        "Authorization",
        "bearer " + FakeShop.TOKEN,
        "X-User-Id",
        "u-2",
        "X-Service-Token",
        "eee.fff.ggg",
        "X-Forwarded-User",
        "root",
        "grpc-timeout",
        "1n",
        "baggage",
        "user.id=u-2",
        "X-Role",
        "admin");

    assertThat(shop.header("authorization")).isEqualTo("Bearer " + FakeShop.TOKEN);
    assertThat(shop.header("traceparent")).isNotNull();
    assertThat(shop.headers.keys())
        .doesNotContain("x-user-id", "x-forwarded-user", "baggage", "x-role");
    assertThat(shop.header("x-service-token")).isNotEqualTo("eee.fff.ggg");
    assertThat(shop.headers.toString()).doesNotContain("u-2").doesNotContain("timeout=1n");
  }

  @Test
  void aServiceThatHangsIsNotWaitedForForLongAndHoldsUpNobodyElse() throws Exception {
    stop();
    gateway =
        all(
            new GatewayFixture(
                Duration.ofMillis(200), Discovery.Pace.usual(), HttpSettings.usual(), good -> {}));
    shop.hangs = true;

    HttpResponse<String> answer = gateway.get("/v1/products/p-1");

    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(json(answer).get("detail").getAsString()).contains("did not answer in time");
  }

  @Test
  void aCallHasTheNameThatTheContractHasForIt() throws Exception {
    gateway.get("/v1/products/p-1");
    shop.instead = Optional.of(Status.NOT_FOUND.asRuntimeException());
    gateway.get("/v1/products/p-2");

    assertThat(called("GetProduct", "OK")).isEqualTo(1);
    assertThat(called("GetProduct", "NOT_FOUND")).isEqualTo(1);
  }

  @Test
  void whateverIsAskedForMadeUpPathsAreOneSeries() throws Exception {
    gateway.get("/v1/products/p-1");
    gateway.get("/v1/products/p-2");
    gateway.get("/made-up-1");
    gateway.get("/v1/products/p-1/made-up");

    assertThat(counted("/v1/products/{product_id}", "200")).isEqualTo(2);
    assertThat(counted("none", "404")).isGreaterThanOrEqualTo(2);
  }

  @Test
  void whatIsLiteralGoesBeforeWhatIsNamed() throws Exception {
    assertThat(json(gateway.get("/v1/users/me", SIGNED_IN)).get("role").getAsString())
        .isEqualTo("ROLE_CUSTOMER");
    assertThat(
            json(gateway.send("PUT", "/v1/users/u-9/role", "{\"role\":\"ROLE_ADMIN\"}", SIGNED_IN))
                .get("id")
                .getAsString())
        .isEqualTo("u-9");
  }

  private Double called(String method, String code) {
    return gateway.metrics.getSampleValue(
        "grpc_client_handled_total",
        new String[] {"service", "target", "method", "code"},
        new String[] {"api-gateway", "product", method, code});
  }

  private Double counted(String route, String status) {
    return gateway.metrics.getSampleValue(
        "http_server_requests_total",
        new String[] {"service", "route", "method", "status"},
        new String[] {"api-gateway", route, "GET", status});
  }
}
