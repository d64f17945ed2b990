package dev.platformkit.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The outputs are those of a real promtool. */
class PromtoolOutputTest {
  private static final String TESTS =
      """
      rule_files: [r.rules.yaml]
      tests:
        - name: fires
          alert_rule_test:
            - { eval_time: 300s, alertname: Down, exp_alerts: [] }
          promql_expr_test:
            - { expr: up, eval_time: 1m, exp_samples: [] }
        - alert_rule_test:
            - { eval_time: 5m, alertname: Nope, exp_alerts: [] }
      """;

  @TempDir Path folder;

  @Test
  void everyFailureIsToldWithItsPlaceAndBothSides() throws IOException {
    List<Failure> failures =
        failures(
            """
            Unit Testing:  /w/a.test.yaml
              FAILED:
                name: fires,
                alertname: Down, time: 5m,\s
                    exp:[
                        0:
                          Labels:{alertname="Down", instance="b", severity="page"}
                          Annotations:{summary="x"}
                        ],\s
                    got:[
                        0:
                          Labels:{alertname="Down", instance="a", severity="page"}
                          Annotations:{}
                        1:
                          Labels:{alertname="Down", instance="c", severity="page"}
                          Annotations:{}
                        ]
                expr: "up", time: 1m,
                    exp: {__name__="up"} 1E+00
                    got: {__name__="up"} 0E+00
                alertname: Nope, time: 5m,\s
                    exp:[
                        0:
                          Labels:{alertname="Nope"}
                          Annotations:{}
                        ],\s
                    got:[]
            """);

    assertThat(failures)
        .extracting(f -> f.position() + " " + f.test() + ": " + f.subject())
        .containsExactly(
            "a.test.yaml:5:9 fires: alert Down at 5m",
            "a.test.yaml:7:9 fires: expr up at 1m",
            "a.test.yaml:9:9 : alert Nope at 5m");
    assertThat(failures.get(0).expected())
        .containsExactly("{instance=\"b\", severity=\"page\"} with {summary=\"x\"}");
    assertThat(failures.get(0).got())
        .containsExactly(
            "{instance=\"a\", severity=\"page\"}", "{instance=\"c\", severity=\"page\"}");
    assertThat(failures.get(1).got()).containsExactly("{__name__=\"up\"} 0E+00");
    assertThat(failures.get(2).got()).isEmpty();
  }

  @Test
  void aRuleFileThatIsMissingIsAFailureThoughPromtoolOnlyWarns() throws IOException {
    assertThat(failures("  WARNING: no file match pattern /w/none.yaml\n  SUCCESS\n"))
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.ofTheWholeFile()).isTrue();
              assertThat(failure.said())
                  .isEqualTo("no rule file matches /w/none.yaml, so nothing was tested");
            });
  }

  @Test
  void whatItSaysOfAFileThatItCannotTestIsKept() throws IOException {
    assertThat(
            failures(
                """
                  FAILED:
                yaml: unmarshal errors:
                Unit Testing:  /w/a.test.yaml
                  line 2: cannot unmarshal !!int `5` into []main.testGroup
                """))
        .singleElement()
        .extracting(Failure::said)
        .isEqualTo(
            "yaml: unmarshal errors:\nline 2: cannot unmarshal !!int `5` into []main.testGroup");
  }

  @Test
  void successIsNoFailure() throws IOException {
    assertThat(failures("Unit Testing:  /w/a.test.yaml\n  SUCCESS\n")).isEmpty();
  }

  private List<Failure> failures(String output) throws IOException {
    Path file = Files.writeString(folder.resolve("a.test.yaml"), TESTS);
    return PromtoolOutput.failures(TestFile.read(file, "a.test.yaml"), output.lines().toList());
  }
}
