package dev.platformkit.shop.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.platformkit.kit.http.HttpServer;
import dev.platformkit.kit.telemetry.Telemetry;
import dev.platformkit.shop.cartapi.v1.CartApiServiceGrpc;
import dev.platformkit.shop.product.v1.ProductServiceGrpc;
import dev.platformkit.shop.user.v1.UserServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.prometheus.client.CollectorRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gateway's HTTP, with services behind it that know one user and one product. */
class GatewayTest {
  private final FakeShop shop = new FakeShop();
  private final HttpClient client = HttpClient.newHttpClient();
  private Telemetry telemetry;
  private Server backend;
  private ManagedChannel channel;
  private HttpServer gateway;

  @BeforeEach
  void start() throws Exception {
    start(Duration.ofSeconds(20));
  }

  private void start(Duration deadline) throws Exception {
    telemetry = Telemetry.start("api-gateway", "host-1", Optional.empty(), new CollectorRegistry());
    String name = UUID.randomUUID().toString();
    backend =
        InProcessServerBuilder.forName(name)
            .addService(shop.users())
            .addService(shop.products())
            .addService(shop.carts())
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).build();
    gateway =
        HttpServer.start(
            0,
            telemetry,
            new Gateway(
                    UserServiceGrpc.newBlockingStub(channel),
                    ProductServiceGrpc.newBlockingStub(channel),
                    CartApiServiceGrpc.newBlockingStub(channel),
                    deadline)
                .routes());
  }

  @AfterEach
  void stop() {
    gateway.stop();
    channel.shutdownNow();
    backend.shutdownNow();
    telemetry.close();
  }

  @Test
  void aUserRegisters() throws Exception {
    HttpResponse<String> answer =
        post("/v1/users", "{\"name\":\"ann\",\"password\":\"correct horse\"}");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(json(answer)).isEqualTo(json("{'id':'u-1','name':'ann'}"));
  }

  @Test
  void aUserLogsIn() throws Exception {
    HttpResponse<String> answer =
        post("/v1/sessions", "{\"name\":\"ann\",\"password\":\"correct horse\"}");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(json(answer)).isEqualTo(json("{'token':'" + FakeShop.TOKEN + "'}"));
  }

  @Test
  void productsArePaged() throws Exception {
    HttpResponse<String> answer = get("/v1/products?page_size=1&page_token=abc");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer))
        .isEqualTo(
            json("{'products':[" + FakeShop.MUG_JSON + "],'next_page_token':'1 after abc'}"));
  }

  @Test
  void aProductIsShown() throws Exception {
    assertThat(json(get("/v1/products/p-1"))).isEqualTo(json(FakeShop.MUG_JSON));
  }

  @Test
  void whoeverIsLoggedInFillsTheCartAndSeesIt() throws Exception {
    HttpResponse<String> added =
        post(
            "/v1/cart/items",
            "{\"product_id\":\"p-1\",\"quantity\":2}",
            "Authorization",
            "Bearer " + FakeShop.TOKEN);
    HttpResponse<String> cart = get("/v1/cart", "Authorization", "bearer " + FakeShop.TOKEN);

    assertThat(added.statusCode()).isEqualTo(201);
    assertThat(json(added)).isEqualTo(json("{'product':" + FakeShop.MUG_JSON + ",'quantity':2}"));
    assertThat(json(cart))
        .isEqualTo(
            json(
                "{'items':[{'product':"
                    + FakeShop.MUG_JSON
                    + ",'quantity':2}],'total_cents':2580}"));
  }

  @Test
  void aCartIsNobodysBusinessButItsOwners() throws Exception {
    HttpResponse<String> without = get("/v1/cart");
    HttpResponse<String> other = get("/v1/cart", "Authorization", "Basic YTpi");
    HttpResponse<String> wrong = get("/v1/cart", "Authorization", "Bearer wrong");

    for (HttpResponse<String> answer : List.of(without, other, wrong)) {
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }
  }

  @Test
  void whatIsMissingInABodyIsForTheServiceToRefuse() throws Exception {
    HttpResponse<String> answer = post("/v1/users", "{}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("name is empty");
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_ARGUMENT, 400",
    "UNAUTHENTICATED, 401",
    "PERMISSION_DENIED, 403",
    "NOT_FOUND, 404",
    "ALREADY_EXISTS, 409",
    "FAILED_PRECONDITION, 409",
    "RESOURCE_EXHAUSTED, 429",
    "INTERNAL, 500",
    "UNKNOWN, 500",
    "UNAVAILABLE, 503",
    "DEADLINE_EXCEEDED, 504"
  })
  void whatAServiceAnswersInsteadIsSaidInHttp(Status.Code code, int http) throws Exception {
    shop.instead = code.toStatus().withDescription("told by the service");

    HttpResponse<String> answer = get("/v1/products/p-1");

    assertThat(answer.statusCode()).isEqualTo(http);
    assertThat(answer.body().contains("told by the service")).isEqualTo(http < 500);
  }

  @Test
  void aServiceThatHangsIsNotWaitedForForLong() throws Exception {
    stop();
    start(Duration.ofMillis(200));
    shop.hangs = true;

    HttpResponse<String> answer = get("/v1/products/p-1");

    assertThat(answer.statusCode()).isEqualTo(504);
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    return send("GET", path, "", headers);
  }

  private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    return send("POST", path, body, headers);
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
            .method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonObject json(HttpResponse<String> answer) {
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
  }
}
