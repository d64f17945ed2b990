package dev.platformkit.report.ruletests;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.platformkit.rule.Failure;
import dev.platformkit.rule.RuleTestRun;
import dev.platformkit.rule.RuleTestRun.FileResult;

/** What became of rule tests, for a program, by the schema {@code platform.rule-tests/1}. */
public final class RuleTestsJson {
  private RuleTestsJson() {}

  public static String of(RuleTestRun run) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", "platform.rule-tests/1");
    root.put("verdict", verdict(run.passed()));
    root.put("promtool", run.promtool());
    ArrayNode files = root.putArray("files");
    for (FileResult result : run.files()) {
      ObjectNode file = files.addObject();
      file.put("file", result.file().shownAs());
      file.put("verdict", verdict(result.passed()));
      file.put("tests", result.file().tests().size());
      file.put("duration_ms", result.took().toMillis());
      ArrayNode failures = file.putArray("failures");
      result.failures().forEach(failure -> failure(failures.addObject(), failure));
    }
    return root.toPrettyString() + "\n";
  }

  private static void failure(ObjectNode node, Failure failure) {
    node.put("line", failure.position().line());
    node.put("test", failure.test());
    node.put("subject", failure.subject());
    ArrayNode expected = node.putArray("expected");
    failure.expected().forEach(expected::add);
    ArrayNode got = node.putArray("got");
    failure.got().forEach(got::add);
    node.put("message", failure.said());
  }

  private static String verdict(boolean passed) {
    return passed ? "pass" : "fail";
  }
}
