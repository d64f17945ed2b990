package dev.platformkit.shop.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.kit.http.HttpServer;
import dev.platformkit.kit.telemetry.Telemetry;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.prometheus.client.CollectorRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gateway's HTTP, with services behind it that are asked for their contracts. */
class GatewayTest {
  private static final String TOKEN = "good.access.token";

  private final FakeShop shop = new FakeShop();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, Server> servers = new HashMap<>();
  private final Map<String, ManagedChannel> channels = new HashMap<>();
  private final Telemetry telemetry =
      Telemetry.start("api-gateway", "host-1", Optional.empty(), new CollectorRegistry());
  private Discovery discovery;
  private HttpServer gateway;

  @BeforeEach
  void start() throws Exception {
    serve("user", shop.users());
    serve("product", shop.products());
    serve("cart-api", shop.carts());
    Backends backends = new Backends(Duration.ofSeconds(2));
    discovery =
        new Discovery(
            name -> Reflection.services(channels.get(name)),
            (name, contract) ->
                contract.getMethods().stream()
                    .map(
                        method ->
                            Call.route(method, channels.get(name), GatewayTest::check, backends))
                    .flatMap(Optional::stream)
                    .toList());
    gateway = HttpServer.start(0, telemetry, discovery::routes);
    discovery.found(Set.of("user", "product"));
    await()
        .until(() -> discovery.routes().stream().anyMatch(r -> r.template().equals("/v1/users")));
    await()
        .until(
            () -> discovery.routes().stream().anyMatch(r -> r.template().equals("/v1/products")));
  }

  @AfterEach
  void stop() {
    discovery.close();
    gateway.stop();
    channels.values().forEach(ManagedChannel::shutdownNow);
    servers.values().forEach(Server::shutdownNow);
    telemetry.close();
  }

  @Test
  void aBodyBecomesAMessageAndTheAnswerIsJsonWithTheContractsNamesAndStatus() throws Exception {
    HttpResponse<String> answer =
        send("POST", "/v1/users", "{\"name\":\"ann\",\"password\":\"correct horse\"}");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(json(answer).get("id").getAsString()).isEqualTo("u-1");
    assertThat(json(answer).get("name").getAsString()).isEqualTo("ann");
    assertThat(json(answer).get("display_name").getAsString()).isEmpty();
  }

  @Test
  void theQueryFillsTheFieldsOfTheMessage() throws Exception {
    HttpResponse<String> answer =
        send("GET", "/v1/products?page_size=7&page_token=abc&query=moka%20pot", "");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).get("next_page_token").getAsString()).isEqualTo("7 after abc");
    JsonObject product = json(answer).getAsJsonArray("products").get(0).getAsJsonObject();
    assertThat(product.get("name").getAsString()).isEqualTo("moka pot");
    assertThat(product.get("price_cents").getAsString()).isEqualTo("1290");
  }

  @Test
  void thePathFillsANestedFieldAndTheBodyTheRest() throws Exception {
    HttpResponse<String> answer =
        send("PUT", "/v1/products/p-7", "{\"name\":\"New\",\"stock\":3}", "Bearer " + TOKEN);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).get("id").getAsString()).isEqualTo("p-7");
    assertThat(json(answer).get("stock").getAsInt()).isEqualTo(3);
  }

  @Test
  void aServiceThatJoinsCanBeCalledWithoutARestart() throws Exception {
    String item = "{\"product_id\":\"p-1\",\"quantity\":2}";
    assertThat(send("POST", "/v1/cart/items", item, "Bearer " + TOKEN).statusCode()).isEqualTo(404);

    discovery.found(Set.of("user", "product", "cart-api"));

    await()
        .until(() -> send("POST", "/v1/cart/items", item, "Bearer " + TOKEN).statusCode() == 201);
  }

  @Test
  void whoSaysInAHeaderWhoTheyAreIsNotBelieved() throws Exception {
    discovery.found(Set.of("cart-api"));
    await().until(() -> discovery.routes().stream().anyMatch(r -> r.template().contains("cart")));

    HttpRequest request =
        request("POST", "/v1/cart/items", "{\"product_id\":\"p-1\",\"quantity\":2}")
            .header("Authorization", "Bearer " + TOKEN)
            .header("X-User-Id", "u-2")
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());

    assertThat(json(answer).getAsJsonObject("product").get("name").getAsString())
        .isEqualTo("user null");
  }

  @Test
  void whatNeedsAUserIsRefusedWithoutAGoodToken() throws Exception {
    for (String header : new String[] {"", "Basic x", "Bearer x", "Bearer bad.access.token"}) {
      HttpResponse<String> answer = send("PUT", "/v1/products/p-7", "{}", header);
      assertThat(answer.statusCode()).as(header).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    }
  }

  @Test
  void aRefusalSaysItsReasonItsFieldsAndWhenToTryAgain() throws Exception {
    HttpResponse<String> invalid =
        send("POST", "/v1/users", "{\"name\":\"ann\",\"password\":\"short\"}");
    assertThat(invalid.statusCode()).isEqualTo(400);
    assertThat(invalid.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(json(invalid).get("reason").getAsString()).isEqualTo("INVALID");
    assertThat(json(invalid).getAsJsonArray("errors"))
        .isEqualTo(JsonParser.parseString("[{'field':'password','problem':'must be longer'}]"));

    HttpResponse<String> locked = send("POST", "/v1/sessions", "{\"name\":\"ann\"}");
    assertThat(locked.statusCode()).isEqualTo(423);
    assertThat(locked.headers().firstValue("Retry-After")).hasValue("60");
    assertThat(json(locked).get("reason").getAsString()).isEqualTo("LOCKED_OUT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/products?page_size=many | page_size is no int32",
        "/v1/products?colour=red     | there is no parameter colour here",
        "/v1/products?query.x=red    | there is no parameter query.x here"
      })
  void whatAQueryCannotMeanIsTold(String path, String told) throws Exception {
    HttpResponse<String> answer = send("GET", path, "");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).get("detail").getAsString()).isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[1]", "{\"name\":", "{\"nickname\":\"ann\"}", "{\"name\":{}}", "text"})
  void aBodyThatIsNotTheMessageIsRefused(String body) throws Exception {
    HttpResponse<String> answer = send("POST", "/v1/users", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).get("detail").getAsString()).startsWith("the body is not the JSON");
  }

  @ParameterizedTest
  @CsvSource({"UNAVAILABLE,503", "INTERNAL,500", "UNIMPLEMENTED,501", "RESOURCE_EXHAUSTED,429"})
  void whatFailsInsideIsToldWithoutTheInside(Code code, int http) throws Exception {
    shop.fails = Optional.of(Status.fromCode(code).withDescription("10.0.0.7 said no"));

    HttpResponse<String> answer = send("GET", "/v1/products", "");

    assertThat(answer.statusCode()).isEqualTo(http);
    if (http >= 500) {
      assertThat(answer.body()).doesNotContain("10.0.0.7");
    }
  }

  @Test
  void whatHangsIsGivenUpInTime() throws Exception {
    shop.hangs = true;

    assertThat(send("GET", "/v1/products", "").statusCode()).isEqualTo(504);
  }

  @Test
  void whatIsNotOfferedIsNotThere() throws Exception {
    assertThat(send("GET", "/v1/nothing", "").statusCode()).isEqualTo(404);
    assertThat(send("DELETE", "/v1/products", "").statusCode()).isEqualTo(405);
    assertThat(send("POST", "/shop.product.v1.ProductService/TakeStock", "{}").statusCode())
        .isEqualTo(404);
  }

  /** Stands for the check of access tokens. */
  private static void check(String token) {
    if (!token.equals(TOKEN)) {
      throw Refusal.because(Code.UNAUTHENTICATED, "TOKEN_INVALID", "no good").asException();
    }
  }

  private void serve(String name, BindableService service) throws Exception {
    String address = UUID.randomUUID().toString();
    servers.put(
        name,
        InProcessServerBuilder.forName(address)
            .addService(ServerInterceptors.intercept(service, new FakeShop.Heard()))
            .addService(ProtoReflectionServiceV1.newInstance())
            .build()
            .start());
    channels.put(name, InProcessChannelBuilder.forName(address).build());
  }

  private HttpRequest.Builder request(String method, String path, String body) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    return client.send(request(method, path, body).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> send(String method, String path, String body, String authorization)
      throws Exception {
    HttpRequest.Builder request = request(method, path, body);
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonObject json(HttpResponse<String> answer) {
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }
}
