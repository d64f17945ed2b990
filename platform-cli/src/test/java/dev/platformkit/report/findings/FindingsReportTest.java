package dev.platformkit.report.findings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.platformkit.check.Finding;
import dev.platformkit.check.Judgement;
import dev.platformkit.check.Registry;
import dev.platformkit.check.Severity;
import dev.platformkit.source.Position;
import dev.platformkit.source.Spot;
import dev.platformkit.terminal.Console;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class FindingsReportTest {
  private static final Finding WRONG_PORT =
      new Finding(
          "prometheus/scrape-port",
          Severity.ERROR,
          new Spot(new Position("stacks/a b/prometheus.yml", 31, 21), 12),
          "      - targets: [\"product:9009\"]",
          "product listens on 9464: stacks/samples/compose.yaml:41",
          Optional.of("product:9464"));
  private static final Finding NOT_COMPARED =
      new Finding(
          "prometheus/scrape-port",
          Severity.INFO,
          new Spot(new Position("prometheus.yml", 1, 1), 1),
          "global: {}",
          "no Compose file is here & \u0007",
          Optional.empty());
  private static final Judgement JUDGEMENT =
      new Judgement(List.of(WRONG_PORT, NOT_COMPARED), 214, Registry.checks());
  private static final Duration TOOK = Duration.ofMillis(700);

  @Test
  void asTextTheLineIsShownAndWhatIsWrongUnderlined() {
    assertThat(text(100).of(JUDGEMENT, TOOK))
        .isEqualTo(
            """
            error  prometheus/scrape-port  stacks/a b/prometheus.yml:31:21
               31 |       - targets: ["product:9009"]
                  |                     ^^^^^^^^^^^^ product listens on 9464: stacks/samples/compose.yaml:41
              fix  product:9464        more: platform explain prometheus/scrape-port

            info  prometheus/scrape-port  prometheus.yml:1:1
                1 | global: {}
                  | ^ no Compose file is here & \u0007
              more: platform explain prometheus/scrape-port

            1 error, 0 warnings, 1 info in 214 files by %d checks, 0.7 s
            """
                .formatted(Registry.checks().size()));
  }

  @Test
  void nothingIsWiderThanTheTerminalAndTheUnderlineStaysUnderItsText() {
    String line = "x".repeat(200) + "BAD" + "y".repeat(200);
    Finding far =
        new Finding(
            "yaml/syntax",
            Severity.ERROR,
            new Spot(new Position("f.yaml", 1, 201), 3),
            line,
            "this is wrong, and it takes a good many words to say in which way and why it matters",
            Optional.empty());

    List<String> lines = text(60).of(far).lines().toList();

    assertThat(lines).allSatisfy(l -> assertThat(l.length()).isLessThanOrEqualTo(60));
    int at = lines.get(1).indexOf("BAD");
    assertThat(at).isPositive();
    assertThat(lines.get(2).substring(at)).startsWith("^^^");
    assertThat(lines.get(2).charAt(at - 1)).isEqualTo(' ');
  }

  @Test
  void asJsonItFollowsItsSchema() throws IOException {
    JsonNode root = new ObjectMapper().readTree(FindingsJson.of(JUDGEMENT));

    assertThat(root.path("schema").asText()).isEqualTo("platform.findings/1");
    JsonNode first = root.path("findings").path(0);
    assertThat(first.properties().stream().map(e -> e.getKey()).toList())
        .containsExactly("check", "severity", "file", "line", "column", "message", "fix");
    assertThat(first.path("column").asInt()).isEqualTo(21);
    assertThat(root.path("summary").toString())
        .isEqualTo("{\"errors\":1,\"warnings\":0,\"infos\":1,\"files\":214}");
  }

  @Test
  void asSarifItIsValid() throws IOException {
    ObjectMapper json = new ObjectMapper();
    JsonNode log = json.readTree(FindingsSarif.of(JUDGEMENT, "0.1.0"));
    try (InputStream schema =
        FindingsReportTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      assertThat(
              SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                  .getSchema(json.readTree(schema))
                  .validate(log))
          .isEmpty();
    }

    JsonNode run = log.path("runs").path(0);
    JsonNode result = run.path("results").path(0);
    JsonNode place = result.path("locations").path(0).path("physicalLocation");
    assertThat(place.path("artifactLocation").path("uri").asText())
        .isEqualTo("stacks/a%20b/prometheus.yml");
    assertThat(place.path("region").path("endColumn").asInt()).isEqualTo(33);
    JsonNode rules = run.path("tool").path("driver").path("rules");
    assertThat(rules.path(result.path("ruleIndex").asInt()).path("id"))
        .isEqualTo(result.path("ruleId"));
  }

  @Test
  void asJunitAFindingIsAFailedTestAndACheckWithoutOneIsAPassedTest() throws Exception {
    Document xml =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new ByteArrayInputStream(
                    FindingsJunit.of(JUDGEMENT, TOOK).getBytes(StandardCharsets.UTF_8)));

    assertThat(xml.getElementsByTagName("failure").getLength()).isEqualTo(1);
    assertThat(xml.getElementsByTagName("skipped").getLength()).isEqualTo(1);
    assertThat(xml.getElementsByTagName("testcase").getLength())
        .isEqualTo(Registry.checks().size() + 1);
  }

  private static FindingsText text(int width) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return new FindingsText(new Console(nowhere, nowhere, false, false, false, true, width));
  }
}
