package dev.platformkit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.problem.Problem;
import dev.platformkit.verify.Check;
import dev.platformkit.verify.Evidence;
import dev.platformkit.verify.Exhibits;
import dev.platformkit.verify.Verdict;
import dev.platformkit.verify.Way;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyJsonReaderTest {
  private static final Evidence RUN =
      Runs.run(
          Verdict.FAIL,
          Runs.exhibits(),
          Runs.check("platform/containers", Verdict.PASS, "cart", "ready"),
          new Check(
              "logs/exact",
              Verdict.FAIL,
              "shopping",
              "every line stored once",
              "2 of 3",
              List.of("user: 0 of 1 stored", "  missing: <b>\u001b[1m & \"so\""),
              Way.none()
                  .reached("written", "3 lines")
                  .broken("collected", "none")
                  .unknown("accepted", ""),
              List.of("http://127.0.0.1:9200/", "platform logs --trace 4bf9"),
              Duration.ofMillis(10_020)));

  @Test
  void whatIsReadIsWhatWasKept() {
    assertThat(VerifyJsonReader.read(VerifyJson.of(RUN), "x.json")).isEqualTo(RUN);
  }

  @Test
  void whatIsWrittenAgainIsTheSameText() {
    String kept = VerifyJson.of(RUN);

    assertThat(VerifyJson.of(VerifyJsonReader.read(kept, "x.json"))).isEqualTo(kept);
  }

  @Test
  void aRunFromBeforeExhibitsAndWaysWereKeptHasNone() {
    Evidence read =
        VerifyJsonReader.read(
            """
            {"schema":"platform.verify/1","verdict":"pass","started":"2026-01-01T12:00:00Z",
             "duration_ms":9,"nonce":"7f3a","platform":{"name":"demo"},
             "journeys":[{"name":"shopping","verdict":"pass","duration_ms":1}],
             "checks":[{"id":"logs/exact","verdict":"pass","subject":"shopping"}]}
            """,
            "x.json");

    assertThat(read.journeys().get(0).exhibits()).isEqualTo(Exhibits.none());
    assertThat(read.checks().get(0).way()).isEqualTo(Way.none());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "{}",
        "[1]",
        "{\"schema\":\"platform.verify/2\"}",
        "{\"schema\":\"platform.verify/1\"}",
        "{\"schema\":\"platform.verify/1\",\"started\":\"2026-01-01T12:00:00Z\",\"verdict\":\"x\"}"
      })
  void whatIsNoEvidenceIsToldByItsName(String text) {
    assertThatThrownBy(() -> VerifyJsonReader.read(text, "runs/x.json"))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("runs/x.json is not the evidence of a verify run");
  }
}
