package dev.platformkit.verify.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.backend.FakeServer;
import dev.platformkit.backend.Prometheus;
import dev.platformkit.verify.FakePlatform;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Verdict;
import dev.platformkit.verify.journey.Journeys;
import dev.platformkit.verify.journey.Proof;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RiseProofTest {
  private static final Map<String, String> SERIES =
      Map.of("__name__", "calls_total", "service", "cart");
  private static final Instant END = Instant.parse("2026-01-01T12:00:10Z");
  private static final Proof.Metric METRIC = Journeys.shopping().proof().metrics().get(0);

  private final FakePlatform platform = new FakePlatform().running("prometheus");
  private String samples = "";
  private String ups = "";
  private String exemplar = "t2";

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
                "{\"data\":[{\"exemplars\":[{\"labels\":{\"trace_id\":\"" + exemplar + "\"}}]}]}"));
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
  void anExemplarOfAnotherTraceFails() {
    samples = at(1, 7);
    ups = at(1, 1) + "," + at(6, 1);
    exemplar = "somebody's";

    Finding finding = look(5);

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.observed()).contains("no exemplar");
  }

  @Test
  void anExemplarOfTheSentinelIsOfThisRunToo() {
    samples = at(1, 7);
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
  void aTargetThatIsDownIsTheBrokenHop() {
    platform.server.on(
        "GET /api/v1/targets",
        """
        {"data":{"activeTargets":[{"scrapePool":"cart","labels":{},"scrapeUrl":"http://cart:9464/metrics",
         "health":"down","lastError":"connection refused","lastScrape":"2026-01-01T12:00:00Z"}]}}
        """);
    RiseProof proof = proof(baseline(5));

    Finding explained = proof.explain(proof.look());

    assertThat(explained.hop()).contains("exposed -> scraped");
    assertThat(explained.details().get(0))
        .isEqualTo("http://cart:9464/metrics is down: connection refused");
  }

  private Finding look(double before) {
    return proof(baseline(before)).look();
  }

  private static Baseline baseline(double before) {
    return new Baseline(Map.of(SERIES, before), Optional.empty());
  }

  private RiseProof proof(Baseline baseline) {
    Instant start = END.minusMillis(200);
    return new RiseProof(
        new Evidenced(Journeys.walk(start, END, "t1", "t2"), Journeys.walk(END, END, "s1", "s2")),
        METRIC,
        baseline,
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
