package dev.platformkit.report.findings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.platformkit.check.Finding;
import dev.platformkit.check.Judgement;
import dev.platformkit.check.Severity;

/** Findings for a program, by the schema {@code platform.findings/1}. */
public final class FindingsJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private FindingsJson() {}

  public static String of(Judgement judgement) {
    ObjectNode root = JSON.createObjectNode();
    root.put("schema", "platform.findings/1");
    ArrayNode findings = root.putArray("findings");
    for (Finding finding : judgement.findings()) {
      ObjectNode node = findings.addObject();
      node.put("check", finding.check());
      node.put("severity", finding.severity().toString());
      node.put("file", finding.position().file());
      node.put("line", finding.position().line());
      node.put("column", finding.position().column());
      node.put("message", finding.message());
      node.put("fix", finding.fix().orElse(null));
    }
    ObjectNode summary = root.putObject("summary");
    summary.put("errors", judgement.count(Severity.ERROR));
    summary.put("warnings", judgement.count(Severity.WARNING));
    summary.put("infos", judgement.count(Severity.INFO));
    summary.put("files", judgement.files());
    return pretty(root);
  }

  static String pretty(ObjectNode root) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }
}
