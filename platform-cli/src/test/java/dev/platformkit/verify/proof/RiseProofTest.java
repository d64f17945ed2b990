package dev.platformkit.verify.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.backend.FakeServer;
import dev.platformkit.backend.Prometheus;
import dev.platformkit.verify.FakePlatform;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Verdict;
import dev.platformkit.verify.Way;
import dev.platformkit.verify.journey.Journeys;
import dev.platformkit.verify.journey.Proof;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RiseProofTest {
  private static final Map<String, String> SERIES =
      Map.of("__name__", "calls_total", "service", "cart");
  private static final Instant END = Instant.parse("2026-01-01T12:00:10Z");
  private static final Proof.Metric METRIC = Journeys.shopping().proof().metrics().get(0);

  private static final String RISEN = "calls_total{service=\"cart\"} 7 # {trace_id=\"t2\"} 1";

  private final FakePlatform platform = new FakePlatform().running("prometheus", "cart", "jaeger");
  private String samples = "";
  private String ups = "";
  private String exemplar = "t2";
  private Finding explained;

  @BeforeEach
  void aStore() {
    platform.server.on(
        "GET /api/v1/query",
        asked ->
            new FakeServer.Answer(
                200,
                asked.query().contains("up{")
                    ? matrix("{\"__name__\":\"up\",\"job\":\"cart\"}", ups)
                    : matrix("{\"__name__\":\"calls_total\",\"service\":\"cart\"}", samples)));
    platform.server.on(
        "GET /api/v1/query_exemplars",
        asked ->
            new FakeServer.Answer(
                200,
                "{\"data\":[{\"exemplars\":[{\"labels\":{\"trace_id\":\"%s\"},\"timestamp\":%d}]}]}"
                    .formatted(exemplar, END.getEpochSecond())));
    platform.server.on("GET /-/ready", "");
    platform.server.on(
        "GET /api/v1/status/flags", "{\"data\":{\"enable-feature\":\"exemplar-storage\"}}");
    target("up", "http://cart:9464/metrics");
  }

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void aRiseWithAnExemplarOfThisRunPasses() {
    samples = at(-4, 5) + "," + at(1, 7);
    ups = at(1, 1);

    assertThat(look(5)).isEqualTo(Finding.pass("rose by 2, exemplar"));
  }

  @Test
  void aRiseInOneInstanceIsNoneInTwo() {
    samples = at(1, 2);
    ups = at(1, 1) + "," + at(6, 1) + "," + at(11, 1);
    Proof.Metric inTwo =
        new Proof.Metric(METRIC.query(), METRIC.selector(), METRIC.rises(), 2, false);

    RiseProof look = proof(inTwo, new Baseline(Map.of(), Optional.empty()));

    Finding found = look.look();

    assertThat(found.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(found.observed())
        .isEqualTo("rose by 2 in 1 instances instead of 2, scraped 3 times since");
    assertThat(look.explain(found).hop()).contains("exposed");
  }

  @Test
  void aRiseInTwoInstancesIsToldAsThat() {
    ups = at(1, 1);
    platform.server.on(
        "GET /api/v1/query",
        asked ->
            new FakeServer.Answer(
                200,
                asked.query().contains("up{")
                    ? matrix("{\"__name__\":\"up\",\"job\":\"cart\"}", ups)
                    : "{\"data\":{\"result\":["
                        + series("a", at(1, 1))
                        + ","
                        + series("b", at(1, 1))
                        + "]}}"));
    Proof.Metric inTwo =
        new Proof.Metric(METRIC.query(), METRIC.selector(), METRIC.rises(), 2, false);

    assertThat(proof(inTwo, new Baseline(Map.of(), Optional.empty())).look())
        .isEqualTo(Finding.pass("rose by 2 in 2 instances"));
  }

  private static String series(String instance, String samples) {
    return "{\"metric\":{\"__name__\":\"calls_total\",\"service\":\"cart\",\"instance\":\"%s\"},\"values\":[%s]}"
        .formatted(instance, samples);
  }

  @Test
  void aCounterThatAppearsRisesFromNothing() {
    samples = at(1, 2);
    ups = at(1, 1);

    assertThat(proof(new Baseline(Map.of(), Optional.empty())).look().verdict())
        .isEqualTo(Verdict.PASS);
  }

  @Test
  void aCounterThatStartedAnewRisesFromNothing() {
    samples = at(1, 2);
    ups = at(1, 1);

    assertThat(look(100).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void aSampleFromBeforeTheLastStepProvesNothing() {
    samples = at(-1, 9);

    Finding finding = look(5);

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.settled()).as("no scrape yet").isFalse();
  }

  @Test
  void tooSmallARiseFailsOnceTheJobWasScrapedTwice() {
    samples = at(1, 6) + "," + at(6, 6);
    ups = at(1, 1);
    assertThat(look(5).settled()).as("counted a little late").isFalse();

    ups = at(1, 1) + "," + at(6, 1);
    Finding finding = look(5);

    assertThat(finding.settled()).isTrue();
    assertThat(finding.observed()).isEqualTo("rose by 1 instead of 2, scraped 2 times since");
  }

  @Test
  void aScrapeThatFailedIsNone() {
    ups = at(1, 0) + "," + at(6, 0);

    assertThat(look(5).settled()).isFalse();
  }

  @Test
  void aJobOfWhichNoScrapeWasDueYetHasMissedNone() {
    Instant end = Instant.now().minusSeconds(20);
    ups = scraped(end.minusSeconds(65)) + "," + scraped(end.minusSeconds(5));

    Finding finding = ended(end).look();

    assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(finding.observed())
        .isEqualTo(
            "not scraped since the last step; it is scraped every 60 s, and --timeout says how long"
                + " to wait");
  }

  @Test
  void aJobWhoseScrapeIsOverdueHasMissedIt() {
    Instant end = Instant.now().minusSeconds(20);
    ups = scraped(end.minusSeconds(10)) + "," + scraped(end.minusSeconds(5));

    assertThat(ended(end).look().verdict()).isEqualTo(Verdict.FAIL);
  }

  private static String scraped(Instant time) {
    return "[%d,\"1\"]".formatted(time.getEpochSecond());
  }

  private RiseProof ended(Instant end) {
    return new RiseProof(
        new Evidenced(
            Journeys.walk(end, end, "t1", "t2"), Sentinel.of(Journeys.walk(end, end, "s1", "s2"))),
        METRIC,
        baseline(5),
        new Scrapes(platform.addresses(), List.of("cart"), end),
        Set.of("t1", "t2", "s1", "s2"),
        platform.addresses());
  }

  @Test
  void anExemplarOfAnotherTraceFails() {
    samples = at(1, 7);
    ups = at(1, 1) + "," + at(6, 1);
    exemplar = "00";

    Finding finding = look(5);

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.observed()).contains("no exemplar");
  }

  @Test
  void anExemplarOfTheSentinelIsOfThisRunToo() {
    samples = at(1, 7);
    ups = at(1, 1);
    exemplar = "s2";

    assertThat(look(5).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void withoutASampleBeforeTheFirstStepNothingIsKnown() {
    Finding finding = proof(Baseline.none("job cart has not been scraped")).look();

    assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(finding.observed()).contains("job cart has not been scraped");
  }

  @Test
  void theBaselineIsTheLastSampleOfEachSeries() {
    samples = at(-9, 3) + "," + at(-4, 5);
    ups = at(-4, 1);

    assertThat(baselineSince(-60).values()).isEqualTo(Map.of(SERIES, 5.0));
  }

  @Test
  void aSeriesThatTheLastScrapeDidNotSeeCountsFromNothing() {
    samples = at(-9, 3);
    ups = at(-9, 1) + "," + at(-4, 1);

    assertThat(baselineSince(-60).values()).isEmpty();
  }

  @Test
  void whatAnEarlierProcessShowedIsNoBaseline() {
    samples = at(-9, 3);
    ups = at(-9, 1);

    assertThat(baselineSince(-5).problem())
        .contains("job cart has not been scraped since it started");
  }

  @Test
  void aJobThatWasNotScrapedHasNoBaseline() {
    ups = at(-4, 0);

    assertThat(baselineSince(-60).problem())
        .contains("job cart has not been scraped since it started");
  }

  @Test
  void onABusySeriesAnotherRequestsExemplarWillDoIfItsTraceIsTrue() {
    samples = at(1, 7);
    ups = at(1, 1);
    exemplar = "07".repeat(16);
    trace(exemplar, "cart", END);

    Finding finding = look(5);

    assertThat(finding.verdict()).isEqualTo(Verdict.PASS);
    assertThat(finding.observed()).contains("exemplar of another request").contains("busy");
  }

  @Test
  void anExemplarOfATraceInWhichTheServiceTookNoPartFails() {
    samples = at(1, 7);
    ups = at(1, 1) + "," + at(6, 1);
    exemplar = "07".repeat(16);
    trace(exemplar, "somebody", END);

    assertThat(look(5).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void anExemplarOfASpanFromAnotherTimeFails() {
    samples = at(1, 7);
    ups = at(1, 1) + "," + at(6, 1);
    exemplar = "07".repeat(16);
    trace(exemplar, "cart", END.minusSeconds(60));

    assertThat(look(5).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aServiceThatDoesNotShowItIsTheFirstHop() {
    shows("other_total 1");

    assertThat(explained().hop()).contains("exposed");
    assertThat(seen("exposed")).isEqualTo("http://cart:9464/metrics does not show it");
  }

  @Test
  void aServiceThatShowsWhatItShowedBeforeIsTheFirstHop() {
    shows("calls_total{service=\"cart\"} 5");

    assertThat(explained().hop()).contains("exposed");
    assertThat(seen("exposed")).contains("shows 5, 5 was stored before the first step");
  }

  @Test
  void aTargetThatIsDownIsTheBrokenHop() {
    shows(RISEN);
    target("down", "http://cart:9464/metrics");

    assertThat(explained().hop()).contains("exposed -> scraped");
    assertThat(seen("scraped")).isEqualTo("http://cart:9464/metrics is down: refused");
  }

  @Test
  void aTargetThatIsRelabelledAwayIsTheBrokenHop() {
    shows(RISEN);
    platform.server.on(
        "GET /api/v1/targets",
        """
        {"data":{"droppedTargets":[{"discoveredLabels":{"job":"cart","__scheme__":"http",
         "__address__":"cart:9464","__metrics_path__":"/metrics"}}]}}
        """);

    assertThat(explained().hop()).contains("exposed -> scraped");
    assertThat(seen("scraped"))
        .isEqualTo("Prometheus found http://cart:9464/metrics, and relabelling drops it");
  }

  @Test
  void aJobThatIsNotThereIsTheBrokenHop() {
    shows(RISEN);
    platform.server.on("GET /api/v1/targets", "{\"data\":{}}");

    assertThat(explained().hop()).contains("exposed -> scraped");
    assertThat(seen("scraped")).isEqualTo("Prometheus has no scrape job cart");
  }

  @Test
  void aJobThatScrapesSomebodyElseIsTheBrokenHop() {
    platform.running("user");
    shows(RISEN);
    target("up", "http://user:9464/metrics");

    assertThat(explained().hop()).contains("exposed -> scraped");
    assertThat(seen("scraped")).contains("which is not cart");
  }

  @Test
  void aMetricThatRelabellingDropsIsNotStored() {
    shows(RISEN);
    platform.server.on(
        "GET /api/v1/query",
        asked ->
            new FakeServer.Answer(
                200,
                asked.query().startsWith("query=scrape_samples")
                    ? "{\"data\":{\"result\":[{\"metric\":{},\"value\":[1,\"%d\"]}]}}"
                        .formatted(asked.query().contains("post") ? 209 : 210)
                    : "{\"data\":{\"result\":[]}}"));

    assertThat(explained().hop()).contains("scraped -> stored");
    assertThat(seen("stored"))
        .isEqualTo("rose by 0; of 210 samples of the last scrape, relabelling dropped 1");
  }

  @Test
  void aServiceThatShowsNoExemplarsIsTheFirstHop() {
    samples = at(1, 7);
    exemplar = "00";
    shows("calls_total{service=\"cart\"} 7");

    assertThat(explained().hop()).contains("exposed");
    assertThat(seen("exposed")).endsWith("shows 7, without an exemplar");
  }

  @Test
  void exemplarsThatPrometheusDoesNotKeepAreNotStored() {
    samples = at(1, 7);
    shows(RISEN);
    platform.server.on("GET /api/v1/query_exemplars", "{\"data\":[]}");
    platform.server.on("GET /api/v1/status/flags", "{\"data\":{\"enable-feature\":\"\"}}");

    assertThat(explained().hop()).contains("scraped -> stored");
    assertThat(seen("stored")).isEqualTo("Prometheus runs without its feature exemplar-storage");
  }

  private Finding explained() {
    RiseProof proof = proof(baseline(5));
    explained = proof.explain(proof.look());
    return explained;
  }

  private String seen(String hop) {
    return explained.way().hops().stream()
        .filter(each -> each.name().equals(hop))
        .map(Way.Hop::observed)
        .findFirst()
        .orElseThrow();
  }

  private void shows(String line) {
    platform.server.on("GET /metrics", line + "\n");
  }

  private void target(String health, String url) {
    platform.server.on(
        "GET /api/v1/targets",
        """
        {"data":{"activeTargets":[{"scrapePool":"cart","labels":{},"scrapeUrl":"%s",
         "health":"%s","lastError":"refused","lastScrape":"2026-01-01T12:00:16Z"}]}}
        """
            .formatted(url, health));
  }

  private void trace(String id, String service, Instant end) {
    platform.server.on(
        "GET /api/v3/traces/" + id,
        """
        {"result":{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name",
          "value":{"stringValue":"%s"}}]},"scopeSpans":[{"spans":[{"traceId":"%s",
          "spanId":"0707070707070707","parentSpanId":"","name":"n","kind":2,
          "startTimeUnixNano":"%d000000000","endTimeUnixNano":"%d000000000"}]}]}]}}
        """
            .formatted(service, id, end.getEpochSecond(), end.getEpochSecond()));
  }

  private Finding look(double before) {
    return proof(baseline(before)).look();
  }

  private static Baseline baseline(double before) {
    return new Baseline(Map.of(SERIES, before), Optional.empty());
  }

  private RiseProof proof(Baseline baseline) {
    return proof(METRIC, baseline);
  }

  private RiseProof proof(Proof.Metric metric, Baseline baseline) {
    Instant start = END.minusMillis(200);
    return new RiseProof(
        new Evidenced(
            Journeys.walk(start, END, "t1", "t2"),
            Sentinel.of(Journeys.walk(END, END, "s1", "s2"))),
        metric,
        baseline,
        new Scrapes(platform.addresses(), List.of("cart"), start),
        Set.of("t1", "t2", "s1", "s2"),
        platform.addresses());
  }

  private Baseline baselineSince(int secondsAfterEnd) {
    return Baseline.read(prometheus(), METRIC, END.plusSeconds(secondsAfterEnd));
  }

  private Prometheus prometheus() {
    return new Prometheus(platform.addresses().server("prometheus", 9090));
  }

  private static String at(int secondsAfterEnd, int value) {
    return "[%d,\"%d\"]".formatted(END.getEpochSecond() + secondsAfterEnd, value);
  }

  private static String matrix(String labels, String values) {
    return "{\"data\":{\"result\":["
        + (values.isEmpty() ? "" : "{\"metric\":" + labels + ",\"values\":[" + values + "]}")
        + "]}}";
  }
}
