package dev.platformkit.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The clients of which each answer is small. */
class ClientsTest {
  @Test
  void consulsInstanceIsAsBadAsItsWorstCheck() {
    try (FakeServer fake =
        new FakeServer()
            .on(
                "GET /v1/health/service/cart",
                """
                [{"Service":{"ID":"cart-1","Service":"cart","Address":"10.0.0.5","Port":50051},
                  "Checks":[{"Status":"passing","Output":""},{"Status":"critical","Output":" refused "},
                            {"Status":"warning","Output":"slow"}]}]
                """)) {
      assertThat(new Consul(fake.as("consul")).instances("cart"))
          .containsExactly(
              new Consul.Instance("cart-1", "cart", "10.0.0.5", 50051, "critical", "refused"));
    }
  }

  @Test
  void consulsKeysAreWrittenAndDeleted() {
    try (FakeServer fake =
        new FakeServer()
            .on("PUT /v1/kv/config/a/b", "true")
            .on("DELETE /v1/kv/config/a/b", "true")) {
      Consul consul = new Consul(fake.as("consul"));
      consul.put("config/a/b", "value");
      consul.delete("config/a/b");

      assertThat(fake.calls()).containsExactly("PUT /v1/kv/config/a/b", "DELETE /v1/kv/config/a/b");
      assertThat(fake.asked().get(0).body()).isEqualTo("value");
    }
  }

  @Test
  void alertmanagerSaysWhoSilencedAnAlertAndWhereItGoes() {
    try (FakeServer fake =
        new FakeServer()
            .on(
                "GET /api/v2/alerts",
                """
                [{"labels":{"run":"x"},"status":{"state":"suppressed","silencedBy":["s1"],
                  "inhibitedBy":["i1"],"mutedBy":["night"]},"receivers":[{"name":"inbox"}]}]
                """)) {
      assertThat(new Alertmanager(fake.as("alertmanager")).alerts("run", "x"))
          .containsExactly(
              new Alertmanager.Alert(
                  Map.of("run", "x"),
                  "suppressed",
                  List.of("silence s1", "inhibiting alert i1", "time interval night"),
                  List.of("inbox")));
      assertThat(fake.asked().get(0).query()).isEqualTo("filter=run=\"x\"");
    }
  }

  @Test
  void alertmanagersSilencesAreThoseInForce() {
    try (FakeServer fake =
        new FakeServer()
            .on(
                "GET /api/v2/silences",
                """
                [{"id":"a","status":{"state":"active"},"createdBy":"me","comment":"why","endsAt":"then",
                  "matchers":[{"name":"team","value":"sho.","isRegex":true,"isEqual":true},
                              {"name":"severity","value":"info","isRegex":false,"isEqual":false}]},
                 {"id":"b","status":{"state":"expired"},"matchers":[]}]
                """)) {
      assertThat(new Alertmanager(fake.as("alertmanager")).silences())
          .singleElement()
          .satisfies(
              silence -> {
                assertThat(silence.id()).isEqualTo("a");
                assertThat(silence.matchers())
                    .extracting(Object::toString)
                    .containsExactly("team=~\"sho.\"", "severity!=\"info\"");
                assertThat(silence.matchers().get(0).matches("shop")).isTrue();
                assertThat(silence.matchers().get(0).matches("workshop")).isFalse();
                assertThat(silence.matchers().get(1).matches("info")).isFalse();
                assertThat(silence.matchers().get(1).matches("")).isTrue();
              });
    }
  }

  @Test
  void alertmanagersFailuresAreToldByReceiver() {
    String failed = "alertmanager_notifications_failed_total{receiver_name=\"r\"} ";
    String attempts = "alertmanager_notification_requests_failed_total{receiver_name=\"r\"} ";
    try (FakeServer fake = new FakeServer()) {
      Alertmanager alertmanager = new Alertmanager(fake.as("alertmanager"));
      fake.on("GET /metrics", failed + "3\n" + attempts + "5\n");
      Alertmanager.Failures before = alertmanager.failures();
      fake.on("GET /metrics", failed + "4\n" + attempts + "9\n");
      Alertmanager.Failures after = alertmanager.failures();

      assertThat(after.since(before))
          .containsExactly("1 given up on: receiver_name r", "4 failed: receiver_name r");
      assertThat(after.since(after)).isEmpty();
    }
  }

  @Test
  void theInboxTellsWhatWasDelivered() {
    try (FakeServer fake =
        new FakeServer()
            .on(
                "GET /api/notifications",
                """
                [{"status":"firing","receiver":"r","labels":{"alertname":"A"}}]
                """)) {
      assertThat(new AlertInbox(fake.as("alert-inbox")).notifications("run", "x"))
          .containsExactly(new AlertInbox.Notification("firing", "r", "A"));
      assertThat(fake.asked().get(0).query()).isEqualTo("run=x");
    }
  }

  @Test
  void filebeatsCountersSayWhatHasLeftIt() {
    try (FakeServer fake =
        new FakeServer()
            .on(
                "GET /stats",
                """
                {"libbeat":{"pipeline":{"events":{"published":10}},
                 "output":{"events":{"acked":6,"duplicates":1,"failed":4,"dropped":2}}}}
                """)) {
      Filebeat.Events events = new Filebeat(fake.as("filebeat")).events();

      assertThat(events).isEqualTo(new Filebeat.Events(0, 0, 10, 6, 1, 4, 2));
      assertThat(events.settled()).isEqualTo(9);
    }
  }

  @Test
  void aPushedGroupIsOneGauge() {
    try (FakeServer fake =
        new FakeServer().on("PUT /metrics/job/j/run/x", "").on("DELETE /metrics/job/j/run/x", "")) {
      Pushgateway pushgateway = new Pushgateway(fake.as("pushgateway"));
      pushgateway.push("j", "run", "x", "m", 1);
      pushgateway.delete("j", "run", "x");

      assertThat(fake.asked().get(0).body()).isEqualTo("# TYPE m gauge\nm 1.0\n");
      assertThat(fake.calls()).contains("DELETE /metrics/job/j/run/x");
    }
  }

  @Test
  void aSpanIsSentAsOtlpJson() {
    try (FakeServer fake = new FakeServer().on("POST /v1/traces", "{}")) {
      new Otlp(fake.as("jaeger"))
          .send(
              new Span(
                  "t".repeat(32),
                  "s".repeat(16),
                  "",
                  "probe",
                  "sentinel",
                  Span.Kind.SERVER,
                  true,
                  Instant.ofEpochSecond(1, 5),
                  Instant.ofEpochSecond(2),
                  Map.of("http.route", "/x"),
                  List.of(new Span.Link("a".repeat(32), "b".repeat(16)))));

      assertThat(fake.asked().get(0).body())
          .contains("\"stringValue\":\"probe\"")
          .contains("\"traceId\":\"" + "t".repeat(32) + "\"")
          .contains("\"startTimeUnixNano\":\"1000000005\"")
          .contains("\"endTimeUnixNano\":\"2000000000\"")
          .contains("\"kind\":2", "\"status\":{\"code\":2}")
          .contains("{\"key\":\"http.route\",\"value\":{\"stringValue\":\"/x\"}}")
          .contains("\"links\":[{\"traceId\":\"" + "a".repeat(32));
    }
  }
}
