package dev.platformkit.kit.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.kit.config.KnownValues;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminServerTest {
  private final CollectorRegistry metrics = new CollectorRegistry();
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile Optional<String> missing = Optional.empty();
  private AdminServer server;

  @BeforeEach
  void start() throws IOException {
    Counter.build("things", "Things.")
        .register(metrics)
        .incWithExemplar("trace_id", "abc", "span_id", "def");
    server =
        AdminServer.start(
            0,
            "cart-1",
            metrics,
            () -> missing,
            () -> new KnownValues(Map.of("b", "2", "a", "say \"1\" <2>")));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void prometheusGetsOpenMetricsWithExemplars() throws Exception {
    HttpResponse<String> answer =
        get("/metrics", "application/openmetrics-text; version=1.0.0,text/plain;q=0.5");

    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/openmetrics-text");
    assertThat(answer.body()).contains("things_total 1.0 # {").contains("trace_id=\"abc\"");
    assertThat(answer.body()).endsWith("# EOF\n");
  }

  @Test
  void whoeverDoesNotAskForOpenMetricsGetsTheOlderFormat() throws Exception {
    HttpResponse<String> answer = get("/metrics", "text/plain");

    assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
    assertThat(answer.body()).contains("things_total 1.0\n").doesNotContain("trace_id");
  }

  @Test
  void whoeverAsksForSomeSamplesGetsOnlyThose() throws Exception {
    Counter.build("more", "More.").register(metrics);

    String body = get("/metrics?name%5B%5D=more&name%5B%5D=more_total", "text/plain").body();

    assertThat(body).contains("more_total 0.0\n").doesNotContain("things");
  }

  @Test
  void aServiceThatIsNotReadySaysWhatIsMissing() throws Exception {
    missing = Optional.of("waiting for the database");

    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/readyz").body()).contains("waiting for the database");
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void aServiceThatIsReadySaysSo() throws Exception {
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void whoeverAsksForAnotherInstanceIsToldThatThisIsNotIt() throws Exception {
    assertThat(get("/readyz?instance=cart-1").statusCode()).isEqualTo(200);
    assertThat(get("/readyz?instance=cart-2").statusCode()).isEqualTo(503);
    assertThat(get("/readyz?instance=cart-2").body()).contains("this is cart-1");
  }

  @Test
  void theLiveConfigurationIsAJsonObject() throws Exception {
    assertThat(get("/config").body()).isEqualTo("{\"a\":\"say \\\"1\\\" <2>\",\"b\":\"2\"}\n");
  }

  @Test
  void whatIsNotThereIsNotThere() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(404);
    assertThat(get("/metrics/more").statusCode()).isEqualTo(404);
  }

  @Test
  void nothingCanBeChanged() throws Exception {
    HttpRequest post = request("/config").POST(BodyPublishers.ofString("{}")).build();

    assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path, String accept) throws Exception {
    return client.send(request(path).header("Accept", accept).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }
}
