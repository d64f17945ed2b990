package dev.platformkit.report;

import static dev.platformkit.report.Runs.check;
import static dev.platformkit.report.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.platformkit.terminal.Console;
import dev.platformkit.verify.Check;
import dev.platformkit.verify.Comparison;
import dev.platformkit.verify.Evidence;
import dev.platformkit.verify.Verdict;
import dev.platformkit.verify.Way;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompareReportsTest {
  private static final Evidence GOOD =
      run(
          Verdict.PASS,
          check("journey/steps", Verdict.PASS, "shopping", "5 steps 212 ms"),
          check("metrics/rise", Verdict.PASS, "shopping", "rose by 1"),
          check("metrics/rise", Verdict.PASS, "shopping", "rose by 2"),
          check("logs/exact", Verdict.PASS, "shopping", "23 of 23"));
  private static final Evidence BAD =
      run(
          Verdict.FAIL,
          check("journey/steps", Verdict.PASS, "shopping", "5 steps 230 ms"),
          check("metrics/rise", Verdict.INCONCLUSIVE, "shopping", "no sample"),
          check("metrics/rise", Verdict.INCONCLUSIVE, "shopping", "no sample"),
          new Check(
              "logs/exact",
              Verdict.FAIL,
              "shopping",
              "what is good",
              "17 of 23",
              List.of(),
              Way.none().reached("written", "").broken("collected", ""),
              List.of(),
              Duration.ofMillis(500)));

  @Test
  void whatIsWorseIsToldWithItsReasonOnce() {
    assertThat(text(Comparison.of(GOOD, BAD), true))
        .isEqualTo(
            """
            before  demo 7f3a · 2026-01-01T12:00:00Z · pass · 4 of 4 passed
            after   demo 7f3a · 2026-01-01T12:00:00Z · fail · 1 of 4 passed

              ✗ metrics/rise x2 · shopping: pass → inconclusive
                  no sample
              ✗ logs/exact · shopping: pass → fail
                  17 of 23
                  broken at written -> collected

            checks: 3 worse
            """);
  }

  @Test
  void whatIsBetterNeedsNoReason() {
    assertThat(text(Comparison.of(BAD, GOOD), true))
        .contains("✓ metrics/rise x2 · shopping: inconclusive → pass\n  ✓ logs/exact")
        .endsWith("checks: 3 better\n");
  }

  @Test
  void whereNothingChangedThatIsSaid() {
    assertThat(text(Comparison.of(GOOD, GOOD), true)).endsWith("passed\n\nnothing changed\n");
  }

  @Test
  void aDumbTerminalGetsAscii() {
    assertThat(text(Comparison.of(GOOD, BAD), false).chars()).allMatch(c -> c < 128);
  }

  @Test
  void jsonSaysTheSameToAMachine() throws Exception {
    JsonNode json = new ObjectMapper().readTree(CompareJson.of(Comparison.of(GOOD, BAD)));

    assertThat(json.path("schema").asText()).isEqualTo("platform.verify-diff/1");
    assertThat(json.path("worse").asBoolean()).isTrue();
    assertThat(json.at("/after/verdict").asText()).isEqualTo("fail");
    JsonNode logs = json.at("/checks/2");
    assertThat(logs.path("change").asText()).isEqualTo("worse");
    assertThat(logs.path("id").asText()).isEqualTo("logs/exact");
    assertThat(logs.path("before").asText()).isEqualTo("pass");
    assertThat(logs.path("after").asText()).isEqualTo("fail");
    assertThat(logs.path("hop").asText()).isEqualTo("written -> collected");
  }

  private static String text(Comparison comparison, boolean unicode) {
    PrintWriter none = new PrintWriter(Writer.nullWriter());
    Console console = new Console(none, none, false, false, false, unicode, 120);
    return new CompareText(console).of(comparison);
  }
}
