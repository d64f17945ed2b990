package dev.platformkit.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.platformkit.kit.http.HttpServer;
import dev.platformkit.kit.telemetry.Telemetry;
import io.prometheus.client.CollectorRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InboxRoutesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.5Z");

  /** As Alertmanager sends it. */
  private static final String WEBHOOK =
      """
      {"version": "4", "groupKey": "{}:{run=\\"a\\"}", "truncatedAlerts": 0, "status": "firing",
       "receiver": "platform-probe", "groupLabels": {"run": "a"}, "commonLabels": {"run": "a"},
       "commonAnnotations": {}, "externalURL": "http://alertmanager:9093",
       "alerts": [{
         "status": "firing",
         "labels": {"alertname": "PlatformProbe", "run": "a"},
         "annotations": {"summary": "a probe"},
         "startsAt": "2026-01-01T11:59:58Z", "endsAt": "0001-01-01T00:00:00Z",
         "generatorURL": "http://prometheus:9090/graph", "fingerprint": "f00d"}]}
      """;

  private final Telemetry telemetry =
      Telemetry.start("alert-inbox", "host-1", Optional.empty(), new CollectorRegistry());
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        HttpServer.start(
            0, telemetry, new InboxRoutes(new Inbox(), Clock.fixed(NOW, ZoneOffset.UTC)).routes());
  }

  @AfterEach
  void stop() {
    server.stop();
    telemetry.close();
  }

  @Test
  void whatIsDeliveredCanBeReadAsItCame() throws Exception {
    assertThat(post(WEBHOOK).statusCode()).isEqualTo(200);

    assertThat(JsonParser.parseString(get("/api/notifications?run=a").body()))
        .isEqualTo(
            JsonParser.parseString(
                """
                [{"received": "2026-01-01T12:00:00.500Z", "status": "firing",
                  "receiver": "platform-probe",
                  "labels": {"alertname": "PlatformProbe", "run": "a"},
                  "annotations": {"summary": "a probe"},
                  "startsAt": "2026-01-01T11:59:58Z", "endsAt": "0001-01-01T00:00:00Z",
                  "fingerprint": "f00d"}]
                """));
  }

  @Test
  void eachDeliveryIsAnEntryOfItsOwn() throws Exception {
    post(WEBHOOK);
    post(WEBHOOK.replace("firing", "resolved"));

    assertThat(JsonParser.parseString(get("/api/notifications").body()).getAsJsonArray())
        .hasSize(2);
  }

  @Test
  void otherLabelsFindNothing() throws Exception {
    post(WEBHOOK);

    assertThat(get("/api/notifications?run=b").body()).isEqualTo("[]");
  }

  @Test
  void whatIsNoWebhookIsRefused() throws Exception {
    assertThat(post("{}").statusCode()).isEqualTo(400);
    assertThat(post("{\"alerts\": [null]}").statusCode()).isEqualTo(400);
    assertThat(post("alerts").statusCode()).isEqualTo(400);
  }

  private HttpResponse<String> post(String body) throws Exception {
    return client.send(
        request("/alertmanager").POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }
}
