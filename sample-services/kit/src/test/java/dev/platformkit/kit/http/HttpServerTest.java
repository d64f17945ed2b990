package dev.platformkit.kit.http;

import static dev.platformkit.kit.Patience.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.kit.telemetry.Telemetry;
import io.opentelemetry.api.trace.Span;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class HttpServerTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final HttpClient client = HttpClient.newHttpClient();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private CollectorRegistry metrics;
  private Telemetry telemetry;
  private LiveRoutes routes;
  private HttpServer server;

  record Thing(String name, int theSize) {}

  @BeforeEach
  void start() throws Exception {
    start(PATIENCE);
  }

  private void start(Duration patience) throws Exception {
    metrics = new CollectorRegistry();
    telemetry = Telemetry.start("gateway", "host-1", Optional.empty(), metrics);
    routes = routes();
    server =
        HttpServer.start(
            0,
            telemetry,
            routes,
            new HttpSettings(
                patience,
                patience,
                PATIENCE,
                Cors.written("https://shop.example, http://localhost:3000")));
  }

  private LiveRoutes routes() {
    return LiveRoutes.of(
        List.of(
            new Route(
                "GET",
                "/things/{id}",
                request -> HttpReply.json(200, Map.of("id", request.path("id")))),
            new Route("POST", "/things", request -> HttpReply.json(201, request.json(Thing.class))),
            new Route("GET", "/id", request -> HttpReply.json(200, MDC.get("http.request.id"))),
            new Route("GET", "/trace", request -> HttpReply.json(200, currentTrace())),
            new Route(
                "GET",
                "/slow",
                request -> {
                  begun.countDown();
                  awaited(goOn);
                  return HttpReply.json(200, "done");
                }),
            new Route(
                "GET",
                "/bug",
                request -> {
                  throw new IllegalStateException("hunter2");
                })));
  }

  @AfterEach
  void stop() {
    server.stop();
    telemetry.close();
  }

  @Test
  void aPartOfThePathIsHandedToTheRoute() throws Exception {
    assertThat(get("/things/p-1").body()).isEqualTo("{\"id\":\"p-1\"}");
  }

  @Test
  void jsonGoesInAndOutInSnakeCase() throws Exception {
    HttpResponse<String> answer = post("/things", "{\"name\":\"mug\",\"the_size\":3}");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo("{\"name\":\"mug\",\"the_size\":3}");
  }

  @Test
  void aRequestContinuesItsCallersTraceAndTheAnswerNamesIt() throws Exception {
    HttpResponse<String> answer =
        send("GET", "/trace", "", "traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");

    assertThat(answer.body()).isEqualTo("\"" + TRACE + "\"");
    assertThat(answer.headers().firstValue("traceparent").orElseThrow())
        .startsWith("00-" + TRACE + "-")
        .doesNotContain("00f067aa0ba902b7");
  }

  @Test
  void aRequestWithoutATraceBeginsOne() throws Exception {
    assertThat(get("/trace").headers().firstValue("traceparent").orElseThrow())
        .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[13]");
  }

  @Test
  void whatIsNotThereIsAProblem() throws Exception {
    HttpResponse<String> answer = get("/nothing");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains("\"status\":404").contains("\"title\":\"Not Found\"");
  }

  @Test
  void aMethodThatIsNotAllowedIsToldWhichAre() throws Exception {
    HttpResponse<String> answer = send("DELETE", "/things/p-1", "");

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET");
  }

  @Test
  void aBodyThatIsNotWhatIsExpectedIsABadRequest() throws Exception {
    for (String body : List.of("", "null", "{", "[]", "{\"the_size\":\"big\"}", "{name: \"x\"}")) {
      assertThat(post("/things", body).statusCode()).as(body).isEqualTo(400);
    }
  }

  @Test
  void aBodyThatIsTooLongIsRefused() throws Exception {
    assertThat(post("/things", "x".repeat(100_000)).statusCode()).isEqualTo(413);
  }

  @Test
  void aBodyThatTricklesInIsNotWaitedFor() throws Exception {
    stop();
    start(Duration.ofMillis(200));
    String head = "POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n";

    assertThat(raw(head + "{")).startsWith("HTTP/1.1 408").contains("takes too long");
  }

  @Test
  void aHeaderThatIsTooLongIsAProblemToo() throws Exception {
    HttpResponse<String> answer = send("GET", "/trace", "", "X-Long", "x".repeat(20_000));

    assertThat(answer.statusCode()).isEqualTo(431);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void headersThatTrickleInAreNotWaitedFor() throws Exception {
    stop();
    start(Duration.ofMillis(300));

    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write("GET /trace HTTP/1.1\r\nHost: x\r\nX-A".getBytes(UTF_8));
      CompletableFuture<Void> trickle = CompletableFuture.runAsync(() -> trickle(socket));

      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 408")
          .contains("application/problem+json", "take too long");
      assertThat(trickle).succeedsWithin(PATIENCE);
    }
  }

  @Test
  void aConnectionMayBeSilentBetweenTwoRequestsForLongerThanHeadersMayTake() throws Exception {
    stop();
    start(Duration.ofMillis(200));
    String request = "GET /things/%s HTTP/1.1\r\nHost: x\r\n%s\r\n";

    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(request.formatted("one", "").getBytes(UTF_8));
      CompletableFuture<Void> later = new CompletableFuture<>();
      later.completeOnTimeout(null, 600, MILLISECONDS).get();
      socket
          .getOutputStream()
          .write(request.formatted("two", "Connection: close\r\n").getBytes(UTF_8));

      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .contains("{\"id\":\"one\"}", "{\"id\":\"two\"}")
          .doesNotContain("HTTP/1.1 408");
    }
  }

  @Test
  void aRequestKeepsTheNameThatItsSenderGaveIt() throws Exception {
    HttpResponse<String> named = send("GET", "/nothing", "", "X-Request-Id", "a.B_c-1");

    assertThat(named.headers().firstValue("X-Request-Id")).contains("a.B_c-1");
    assertThat(named.body()).contains("\"request_id\":\"a.B_c-1\"");
  }

  @Test
  void linesThatAreLoggedInTheCourseOfARequestHaveItsName() throws Exception {
    assertThat(send("GET", "/id", "", "X-Request-Id", "mine").body()).isEqualTo("\"mine\"");
  }

  @Test
  void aNameThatIsNoneIsReplaced() throws Exception {
    for (String name : List.of("a b", "x".repeat(65), "a;b", "a/b")) {
      assertThat(
              send("GET", "/trace", "", "X-Request-Id", name).headers().firstValue("X-Request-Id"))
          .hasValueSatisfying(made -> assertThat(made).matches("[0-9a-f-]{36}"));
    }
  }

  @Test
  void whatIsRefusedBeforeAnyRouteIsAskedHasANameToo() throws Exception {
    HttpResponse<String> answer = send("GET", "/trace", "", "X-Long", "x".repeat(20_000));

    assertThat(answer.body())
        .contains(answer.headers().firstValue("X-Request-Id").orElseThrow())
        .contains("longer than 8192 bytes");
  }

  @Test
  void aPageOfAKnownOriginMayAsk() throws Exception {
    HttpResponse<String> answer = send("GET", "/trace", "", "Origin", "https://shop.example");

    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://shop.example");
    assertThat(answer.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
        .contains("traceparent");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
    assertThat(answer.headers().firstValue("Vary")).contains("Origin");
  }

  @Test
  void aBrowserThatAsksBeforehandIsToldWhatAPageMaySend() throws Exception {
    HttpResponse<String> answer =
        send(
            "OPTIONS",
            "/things/p-1",
            "",
            "Origin",
            "http://localhost:3000",
            "Access-Control-Request-Method",
            "PATCH");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("http://localhost:3000");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
        .contains("PATCH");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
        .contains("Authorization");
    assertThat(answer.headers().firstValue("Content-Type")).isEmpty();
  }

  @Test
  void aPageOfAnotherOriginIsToldNothing() throws Exception {
    HttpResponse<String> asked =
        send(
            "OPTIONS",
            "/things/p-1",
            "",
            "Origin",
            "https://evil.example",
            "Access-Control-Request-Method",
            "GET");
    HttpResponse<String> got = send("GET", "/trace", "", "Origin", "https://evil.example");

    assertThat(asked.statusCode()).isEqualTo(405);
    assertThat(asked.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(got.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void whatIsAnsweredLaterIsAnsweredToo() throws Exception {
    CompletableFuture<HttpReply> one = new CompletableFuture<>();
    CompletableFuture<HttpReply> other = new CompletableFuture<>();
    routes.become(
        List.of(
            new Route("GET", "/one", 0, (Route.LaterHandler) request -> one),
            new Route("GET", "/other", 0, (Route.LaterHandler) request -> other)));

    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request("GET", "/one", "").build(), BodyHandlers.ofString());
    CompletableFuture<HttpResponse<String>> problem =
        client.sendAsync(request("GET", "/other", "").build(), BodyHandlers.ofString());
    other.completeExceptionally(HttpProblem.of(418, "a teapot").because("TEAPOT"));
    one.complete(HttpReply.json(200, "late"));

    assertThat(answer.get(PATIENCE.toSeconds(), SECONDS).body()).isEqualTo("\"late\"");
    assertThat(problem.get(PATIENCE.toSeconds(), SECONDS).statusCode()).isEqualTo(418);
    assertThat(problem.join().body()).contains("\"reason\":\"TEAPOT\"");
    assertThat(counted("/one", "GET", "200")).isEqualTo(1);
  }

  @Test
  void routesChangeWhileTheyAreServed() throws Exception {
    routes.becomeSoFar(List.of(), "cart has not said yet what it can be asked");
    HttpResponse<String> unknown = get("/things/p-1");
    routes.become(
        List.of(
            new Route("GET", "/things/{id}", request -> HttpReply.json(200, "any")),
            new Route("GET", "/things/special", request -> HttpReply.json(200, "special"))));

    assertThat(unknown.statusCode()).isEqualTo(503);
    assertThat(unknown.headers().firstValue("Retry-After")).contains("1");
    assertThat(unknown.body()).contains("cart has not said yet");
    assertThat(get("/things/special").body()).isEqualTo("\"special\"");
    assertThat(get("/things/p-1").body()).isEqualTo("\"any\"");
    assertThat(get("/trace").statusCode()).isEqualTo(404);
    assertThat(timed("/things/special", "GET")).isEqualTo(1);
  }

  @Test
  void whatIsEscapedInAPathReachesTheRouteAsItIsMeant() throws Exception {
    assertThat(get("/things/a%20b%3Bc%C3%A4+").body()).isEqualTo("{\"id\":\"a b;c\u00e4+\"}");
  }

  @Test
  void whatIsNoHttpIsABadRequest() throws Exception {
    assertThat(raw("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400");
    assertThat(raw("GET /things/%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 400");
  }

  @Test
  void whatNobodyForesawIsNotToldInDetail() throws Exception {
    HttpResponse<String> answer = get("/bug");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain("hunter2");
  }

  @Test
  void requestsAreCountedByRouteNotByPath() throws Exception {
    get("/things/p-1");
    get("/things/p-2");
    get("/made-up-1");
    send("MADEUP", "/made-up-2", "");

    assertThat(counted("/things/{id}", "GET", "200")).isEqualTo(2);
    assertThat(counted("none", "GET", "404")).isEqualTo(1);
    assertThat(counted("none", "_OTHER", "404")).isEqualTo(1);
  }

  @Test
  void aServerThatStopsEndsWhatIsUnderWay() throws Exception {
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request("GET", "/slow", "").build(), BodyHandlers.ofString());
    awaited(begun);

    CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::stop);
    // Longer than an idle connection lives by now.
    assertThat(stopped.completeOnTimeout(null, 300, MILLISECONDS)).succeedsWithin(PATIENCE);
    goOn.countDown();

    assertThat(answer.get(PATIENCE.toSeconds(), SECONDS).statusCode()).isEqualTo(200);
  }

  private Double counted(String route, String method, String status) {
    return metrics.getSampleValue(
        "http_server_requests_total",
        new String[] {"service", "route", "method", "status"},
        new String[] {"gateway", route, method, status});
  }

  private Double timed(String route, String method) {
    return metrics.getSampleValue(
        "http_server_request_seconds_count",
        new String[] {"service", "route", "method"},
        new String[] {"gateway", route, method});
  }

  private static void trickle(Socket socket) {
    try {
      while (!socket.isClosed()) {
        socket.getOutputStream().write('a');
        new CompletableFuture<Void>().completeOnTimeout(null, 20, MILLISECONDS).join();
      }
    } catch (IOException e) {
      // The other side has had enough, which is what is tested.
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send("GET", path, "");
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send("POST", path, body);
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    java.net.http.HttpRequest.Builder request =
        java.net.http.HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private java.net.http.HttpRequest.Builder request(String method, String path, String body) {
    return java.net.http.HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.port() + path))
        .method(method, BodyPublishers.ofString(body));
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static void awaited(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE.toSeconds(), SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String currentTrace() {
    return Span.current().getSpanContext().getTraceId();
  }
}
