package dev.platformkit.report.ruletests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.platformkit.rule.Failure;
import dev.platformkit.rule.RuleTestRun;
import dev.platformkit.rule.RuleTestRun.FileResult;
import dev.platformkit.rule.TestFile;
import dev.platformkit.rule.TestFile.Expectation;
import dev.platformkit.source.Position;
import dev.platformkit.terminal.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleTestsReportTest {
  private static final Position HERE = new Position("r/b.test.yaml", 5, 9);
  private static final TestFile.Test FIRES =
      new TestFile.Test(new Position("r/b.test.yaml", 3, 5), "fires <soon>");

  private static final RuleTestRun RUN =
      new RuleTestRun(
          "2.53.3",
          List.of(
              new FileResult(
                  new TestFile(
                      Path.of("/p/r/a.test.yaml"),
                      "r/a.test.yaml",
                      List.of(),
                      List.of(FIRES),
                      List.of()),
                  List.of(),
                  Duration.ofMillis(200)),
              new FileResult(
                  new TestFile(
                      Path.of("/p/r/b.test.yaml"),
                      "r/b.test.yaml",
                      List.of(),
                      List.of(FIRES),
                      List.of(new Expectation(HERE, FIRES, "Down", 300_000))),
                  List.of(
                      new Failure(
                          HERE,
                          FIRES.name(),
                          "alert Down at 5m",
                          List.of(),
                          List.of("{a=\"1\"}", "{a=\"2\"}"),
                          ""),
                      new Failure(
                          new Position("r/b.test.yaml", 1, 1),
                          "",
                          "",
                          List.of(),
                          List.of(),
                          "it broke")),
                  Duration.ofMillis(300))),
          Duration.ofMillis(400));

  @Test
  void asTextFailuresComeAfterTheListAndTheVerdictLast() {
    Console console =
        new Console(
            new PrintWriter(Writer.nullWriter()),
            new PrintWriter(Writer.nullWriter()),
            false,
            false,
            false,
            true,
            100);

    assertThat(new RuleTestsText(console).of(RUN))
        .isEqualTo(
            """
              ✓ r/a.test.yaml     1 test  0.2 s
              ✗ r/b.test.yaml     1 test  0.3 s

            ✗ r/b.test.yaml:5  fires <soon>
                alert Down at 5m
                  expected  nothing
                  got       {a="1"}
                            {a="2"}

            ✗ r/b.test.yaml:1
                it broke

            FAIL  2 tests in 2 files, 1 with failures, 0.4 s, promtool 2.53.3
            """);
  }

  @Test
  void asJsonItFollowsItsSchema() throws IOException {
    JsonNode root = new ObjectMapper().readTree(RuleTestsJson.of(RUN));

    assertThat(root.path("schema").asText()).isEqualTo("platform.rule-tests/1");
    assertThat(root.path("verdict").asText()).isEqualTo("fail");
    assertThat(root.path("promtool").asText()).isEqualTo("2.53.3");
    assertThat(root.path("files").path(0).path("verdict").asText()).isEqualTo("pass");
    JsonNode failure = root.path("files").path(1).path("failures").path(0);
    assertThat(failure.path("line").asInt()).isEqualTo(5);
    assertThat(failure.path("got").path(1).asText()).isEqualTo("{a=\"2\"}");
  }

  @Test
  void asJunitAFailureIsItsTestsAndAFileThatBrokeIsAnError() {
    assertThat(RuleTestsJunit.of(RUN))
        .contains("<testsuite name=\"r/b.test.yaml\" tests=\"2\" failures=\"1\" errors=\"1\"")
        .contains("<testcase classname=\"r/b.test.yaml\" name=\"fires &lt;soon")
        .contains("<failure message=\"alert Down at 5m\">")
        .contains("<error message=\"it broke\">");
  }
}
