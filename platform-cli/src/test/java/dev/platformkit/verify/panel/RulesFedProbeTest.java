package dev.platformkit.verify.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.backend.FakeServer;
import dev.platformkit.backend.FakeServer.Answer;
import dev.platformkit.backend.PrometheusQueries;
import dev.platformkit.backend.RuleGroup;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules over a Prometheus that has series of {@code up}, and a target that declares failures. */
class RulesFedProbeTest {
  private final FakeServer server =
      new FakeServer()
          .on(
              "GET /api/v1/query",
              "{\"data\":{\"result\":[{\"metric\":{\"__name__\":\"up\"},\"value\":[1,\"1\"]}]}}")
          .on("GET /api/v1/label/job/values", "{\"data\":[\"cart\"]}")
          .on(
              "GET /api/v1/metadata",
              asked ->
                  new Answer(
                      200,
                      "{\"data\":{%s}}"
                          .formatted(asked.query().endsWith("=failures") ? "\"x\":[]" : "")));
  private List<String> absent = List.of();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void whatExistsOrIsDeclaredFeedsARule() {
    assertThat(look("up{job=\"cart\"} == 0", "rate(failures_total[1m]) > 0"))
        .isEqualTo(Finding.pass("2 rules"));
  }

  @Test
  void aMetricThatNobodyHasIsToldWithItsRule() {
    Finding finding = look("up == 0", "upp == 0");

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.settled()).as("it may come with the next scrape").isFalse();
    assertThat(finding.observed())
        .isEqualTo("R1 asks for upp, of which there is no series and which no target declares");
    assertThat(finding.hop()).contains("stored");
  }

  @Test
  void aJobThatIsNoneIsToldToo() {
    assertThat(look("up{job=\"crat\"} == 0").observed())
        .isEqualTo("R0 asks for the job crat, which there is not");
  }

  @Test
  void whoAsksForAbsenceNeedsNothing() {
    assertThat(look("absent(heartbeat)", "up unless on (job) quiet").verdict())
        .isEqualTo(Verdict.PASS);
  }

  @Test
  void whatIsPushedForAProofComesAndGoes() {
    assertThat(look("probe_alert == 1").verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void whatMayBeMissingForAStackThatWasLeftOutIsLeftOutToo() {
    absent = List.of("logging");

    assertThat(look("upp == 0").verdict()).isEqualTo(Verdict.SKIP);
  }

  private Finding look(String... queries) {
    List<RuleGroup.Rule> rules =
        Arrays.stream(queries)
            .map(query -> rule("R" + Arrays.asList(queries).indexOf(query), query))
            .toList();
    RuleGroup group = new RuleGroup("g", "f", Duration.ofSeconds(5), Instant.EPOCH, rules);
    Answers answers = new Answers(() -> new PrometheusQueries(server.as("prometheus")), Set::of);
    return new RulesFedProbe(() -> List.of(group), Set.of("probe_alert"), absent, answers).look();
  }

  private static RuleGroup.Rule rule(String name, String query) {
    return new RuleGroup.Rule(
        name, query, true, "ok", "", Duration.ZERO, Map.of(), Map.of(), List.of());
  }
}
