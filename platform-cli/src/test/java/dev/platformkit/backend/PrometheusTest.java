package dev.platformkit.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusTest {
  @Test
  void rawSamplesComeWithTheTimesOfTheirScrapes() {
    try (FakeServer fake =
        new FakeServer()
            .on(
                "GET /api/v1/query",
                """
                {"status":"success","data":{"resultType":"matrix","result":[
                  {"metric":{"__name__":"up","job":"cart"},"values":[[1700000000.123,"1"],[1700000005.123,"0"]]}]}}
                """)) {
      assertThat(
              new Prometheus(fake.as("prometheus")).raw("up{job=\"cart\"}", Duration.ofSeconds(30)))
          .singleElement()
          .satisfies(
              series -> {
                assertThat(series.labels()).containsEntry("job", "cart");
                assertThat(series.samples())
                    .containsExactly(
                        new Prometheus.Sample(Instant.ofEpochMilli(1700000000123L), 1),
                        new Prometheus.Sample(Instant.ofEpochMilli(1700000005123L), 0));
              });
      assertThat(fake.asked().get(0).query()).isEqualTo("query=up{job=\"cart\"}[30000ms]");
    }
  }

  @Test
  void aTargetThatWasNeverScrapedHasNoScrapeTime() {
    try (FakeServer fake =
        new FakeServer()
            .on(
                "GET /api/v1/targets",
                """
                {"data":{"activeTargets":[{"scrapePool":"cart","labels":{"instance":"cart:9464"},
                 "scrapeUrl":"http://cart:9464/metrics","health":"unknown","lastError":"",
                 "lastScrape":"0001-01-01T00:00:00Z"}]}}
                """)) {
      assertThat(new Prometheus(fake.as("prometheus")).targets())
          .containsExactly(
              new Prometheus.Target(
                  "cart",
                  Map.of("instance", "cart:9464"),
                  "http://cart:9464/metrics",
                  "unknown",
                  "",
                  Instant.EPOCH));
    }
  }

  @Test
  void rulesAndExemplarsAreRead() {
    try (FakeServer fake =
        new FakeServer()
            .on(
                "GET /api/v1/rules",
                """
                {"data":{"groups":[{"name":"g","file":"/etc/r/a.rules.yaml","interval":5,
                  "lastEvaluation":"2026-01-01T12:00:00.5Z","rules":[
                  {"name":"Down","query":"up == 0","type":"alerting","health":"ok","duration":60,
                   "labels":{"severity":"page"},"annotations":{"summary":"s"},
                   "alerts":[{"labels":{"job":"cart"},"state":"pending",
                    "activeAt":"2026-01-01T12:00:00Z"}]},
                  {"name":"a:b","query":"a","type":"recording","health":"err","lastError":"bad"}]}]}}
                """)
            .on(
                "GET /api/v1/query_exemplars",
                """
                {"data":[{"seriesLabels":{"__name__":"c_total"},"exemplars":[
                  {"labels":{"trace_id":"abc"},"value":"1","timestamp":1700000000.5}]}]}
                """)) {
      Prometheus prometheus = new Prometheus(fake.as("prometheus"));

      assertThat(prometheus.rules())
          .containsExactly(
              new RuleGroup(
                  "g",
                  "/etc/r/a.rules.yaml",
                  Duration.ofSeconds(5),
                  Instant.parse("2026-01-01T12:00:00.5Z"),
                  List.of(
                      new RuleGroup.Rule(
                          "Down",
                          "up == 0",
                          true,
                          "ok",
                          "",
                          Duration.ofMinutes(1),
                          Map.of("severity", "page"),
                          Map.of("summary", "s"),
                          List.of(
                              new RuleGroup.Active(
                                  Map.of("job", "cart"),
                                  "pending",
                                  Instant.parse("2026-01-01T12:00:00Z")))),
                      new RuleGroup.Rule(
                          "a:b",
                          "a",
                          false,
                          "err",
                          "bad",
                          Duration.ZERO,
                          Map.of(),
                          Map.of(),
                          List.of()))));
      assertThat(prometheus.exemplars("c_total", Instant.EPOCH, Instant.EPOCH))
          .containsExactly(
              new Prometheus.Exemplar(
                  Map.of("__name__", "c_total"),
                  Map.of("trace_id", "abc"),
                  Instant.ofEpochMilli(1700000000500L)));
    }
  }

  @Test
  void whatRelabellingDroppedIsToldWithItsUrl() {
    try (FakeServer fake =
        new FakeServer()
            .on(
                "GET /api/v1/targets",
                """
                {"data":{"droppedTargets":[{"discoveredLabels":{"__address__":"cart:9464",
                 "__scheme__":"http","__metrics_path__":"/metrics","job":"cart"}}]}}
                """)) {
      assertThat(new Prometheus(fake.as("prometheus")).dropped())
          .containsExactly(new Prometheus.Dropped("cart", "http://cart:9464/metrics"));
    }
  }

  @Test
  void theLastSampleOfASeriesIsTheLatest() {
    Prometheus.Sample early = new Prometheus.Sample(Instant.ofEpochSecond(1), 1);
    Prometheus.Sample late = new Prometheus.Sample(Instant.ofEpochSecond(2), 2);
    Prometheus.Series series = new Prometheus.Series(Map.of(), List.of(early, late));

    assertThat(series.last()).contains(late);
    assertThat(series.lastAfter(early.time())).contains(late);
    assertThat(series.lastAfter(late.time())).isEmpty();
  }
}
