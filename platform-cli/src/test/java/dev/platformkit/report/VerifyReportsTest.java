package dev.platformkit.report;

import static dev.platformkit.report.Runs.check;
import static dev.platformkit.report.Runs.run;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.terminal.Console;
import dev.platformkit.verify.Check;
import dev.platformkit.verify.Evidence;
import dev.platformkit.verify.Verdict;
import dev.platformkit.verify.Way;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** One run in every form, against files beside this class. */
class VerifyReportsTest {
  private static final Evidence PARTIAL =
      run(
          Verdict.PARTIAL,
          check("journey/steps", Verdict.PASS, "shopping", "5 steps 212 ms"),
          check("trace/complete", Verdict.PASS, "shopping", "11 spans, 5 services"),
          check("logs/exact", Verdict.PASS, "shopping", "23 of 23"),
          check("metrics/rise", Verdict.PASS, "shopping", "rose by 1"),
          check("metrics/rise", Verdict.PASS, "shopping", "rose by 2, exemplar"),
          check("logs/absent", Verdict.PASS, "shopping", "secret nowhere"),
          check("platform/containers", Verdict.PASS, "consul", "ready"),
          check("platform/containers", Verdict.PASS, "cart", "ready"),
          check("platform/left-out", Verdict.SKIP, "grafana", "grafana left out: its profile"),
          check("registry/passing", Verdict.PASS, "cart", "1 passing"),
          check(
              "alerts/synthetic",
              Verdict.PASS,
              "PlatformProbe",
              "delivered 3.1 s, resolved 6.4 s"));

  private static final Evidence FAIL =
      run(
          Verdict.FAIL,
          Runs.exhibits(),
          check("journey/steps", Verdict.PASS, "shopping", "5 steps 230 ms"),
          new Check(
              "logs/exact",
              Verdict.FAIL,
              "shopping",
              "every line stored once",
              "17 of 23; no later line arrived of [product]",
              List.of("product: 0 of 6 stored", "  missing: {\"message\":\"<bought> & paid\"}"),
              Way.none()
                  .reached("written", "6 lines of product with a trace of this journey")
                  .broken("collected", "filebeat has read none of them"),
              List.of("http://127.0.0.1:9200/filebeat-*/_search", "platform logs --trace 4bf9"),
              Duration.ofMillis(10_020)),
          check(
              "metrics/rise", Verdict.INCONCLUSIVE, "shopping", "no sample before the first step"),
          check("platform/containers", Verdict.PASS, "cart", "ready"),
          check("platform/containers", Verdict.FAIL, "filebeat", "demo-filebeat-1 is exited (1)"));

  @Test
  void textOfAGoodRunIsReadInFiveSeconds() {
    assertThat(text(PARTIAL, 120, true)).isEqualTo(golden("partial.txt"));
  }

  @Test
  void textOfABadRunSaysWhatToMendFirst() {
    assertThat(text(FAIL, 120, true)).isEqualTo(golden("fail.txt"));
  }

  @Test
  void oneReasonForManyUnknownsIsToldOnce() {
    Evidence evidence =
        run(
            Verdict.INCONCLUSIVE,
            check("metrics/targets", Verdict.INCONCLUSIVE, "cart", "prometheus does not run"),
            check("metrics/targets", Verdict.INCONCLUSIVE, "user", "prometheus does not run"),
            check("alerts/synthetic", Verdict.INCONCLUSIVE, "x", "prometheus does not run"));

    assertThat(text(evidence, 120, true))
        .containsOnlyOnce("observed  prometheus does not run")
        .contains("◌ 3 not known")
        .contains("of        metrics/targets x2, alerts/synthetic");
  }

  @Test
  void nothingIsWiderThanTheTerminalWhereARowCanBeWrapped() {
    assertThat(text(PARTIAL, 60, true).lines().filter(l -> l.startsWith("  ")))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(60));
  }

  @Test
  void aDumbTerminalGetsAscii() {
    assertThat(text(FAIL, 120, false).chars()).allMatch(c -> c < 128);
  }

  @Test
  void jsonIsTheEvidence() {
    assertThat(VerifyJson.of(FAIL)).isEqualTo(golden("fail.json"));
  }

  @Test
  void junitHasASuitePerJourneyAndOneOfThePlatform() throws Exception {
    String xml = VerifyJunit.of(FAIL);

    assertThat(xml).isEqualTo(golden("fail.xml"));
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  private static String text(Evidence evidence, int width, boolean unicode) {
    PrintWriter none = new PrintWriter(Writer.nullWriter());
    Console console = new Console(none, none, false, false, false, unicode, width);
    return new VerifyText(console).of(evidence, ".platform/demo/verify/7f3a.json");
  }

  private static String golden(String name) {
    try (InputStream file = VerifyReportsTest.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
