package dev.platformkit.report.findings;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.platformkit.check.Check;
import dev.platformkit.check.Example;
import dev.platformkit.check.Finding;
import dev.platformkit.check.Judgement;
import dev.platformkit.check.Severity;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** Findings as SARIF 2.1.0, which code hosts show beside the changed lines. */
public final class FindingsSarif {
  private static final String VERSION = "2.1.0";
  private static final String ROOT = "PROJECTROOT";

  private FindingsSarif() {}

  /**
   * Everything found, as one log of one run.
   *
   * @param toolVersion of the command line; empty where it is not known
   */
  public static String of(Judgement judgement, String toolVersion) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    root.put("version", VERSION);
    ObjectNode run = root.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "platform");
    if (!toolVersion.isEmpty()) {
      driver.put("version", toolVersion);
    }
    ArrayNode rules = driver.putArray("rules");
    judgement.checks().forEach(check -> rule(rules.addObject(), check));
    run.put("columnKind", "utf16CodeUnits");
    ArrayNode results = run.putArray("results");
    List<String> ids = judgement.checks().stream().map(Check::id).toList();
    judgement.findings().forEach(finding -> result(results.addObject(), finding, ids));
    return FindingsJson.pretty(root);
  }

  private static void rule(ObjectNode rule, Check check) {
    String why = Example.of(check).why().strip();
    rule.put("id", check.id());
    rule.putObject("shortDescription").put("text", check.spec().summary());
    ObjectNode help = rule.putObject("help");
    help.put("text", why);
    help.put("markdown", why);
    rule.putObject("defaultConfiguration").put("level", level(check.spec().severity()));
  }

  private static void result(ObjectNode result, Finding finding, List<String> ids) {
    result.put("ruleId", finding.check());
    result.put("ruleIndex", ids.indexOf(finding.check()));
    result.put("level", level(finding.severity()));
    result
        .putObject("message")
        .put("text", finding.message() + finding.fix().map(fix -> ". Fix: " + fix).orElse(""));
    ObjectNode place = result.putArray("locations").addObject().putObject("physicalLocation");
    place
        .putObject("artifactLocation")
        .put("uri", uri(finding.position().file()))
        .put("uriBaseId", ROOT);
    ObjectNode region = place.putObject("region");
    region.put("startLine", finding.position().line());
    region.put("startColumn", finding.position().column());
    region.put("endColumn", finding.position().column() + finding.spot().width());
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case INFO -> "note";
    };
  }

  private static String uri(String file) {
    try {
      return new URI(null, null, file, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(file, e);
    }
  }
}
