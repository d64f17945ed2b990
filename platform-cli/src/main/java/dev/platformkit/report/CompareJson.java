package dev.platformkit.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.platformkit.verify.Check;
import dev.platformkit.verify.Comparison;
import dev.platformkit.verify.Evidence;
import dev.platformkit.verify.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What changed between two runs, {@code platform.verify-diff/1}. */
public final class CompareJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CompareJson() {}

  /** The comparison as JSON, ending in a line end. */
  public static String of(Comparison comparison) {
    ObjectNode root = JSON.createObjectNode().put("schema", "platform.verify-diff/1");
    run(root.putObject("before"), comparison.before());
    run(root.putObject("after"), comparison.after());
    root.put("worse", comparison.isWorse());
    ArrayNode checks = root.putArray("checks");
    comparison.checks().forEach(change -> check(checks.addObject(), change));
    changes(root.putArray("images"), "service", comparison.images());
    changes(root.putArray("configs"), "file", comparison.configs());
    ArrayNode journeys = root.putArray("journeys");
    for (Comparison.Pace pace : comparison.journeys()) {
      journeys
          .addObject()
          .put("name", pace.journey())
          .put("before_ms", pace.before().toMillis())
          .put("after_ms", pace.after().toMillis());
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  private static void run(ObjectNode node, Evidence evidence) {
    node.put("nonce", evidence.nonce())
        .put("platform", evidence.platform().name())
        .put("started", evidence.started().toString())
        .put("duration_ms", evidence.took().toMillis())
        .put("verdict", evidence.verdict().word());
  }

  private static void check(ObjectNode node, Comparison.CheckChange change) {
    Check check = change.check();
    node.put("change", change.kind().name().toLowerCase(Locale.ROOT))
        .put("id", check.id())
        .put("subject", check.subject())
        .put("expected", check.expected())
        .put("before", verdict(change.before()))
        .put("after", verdict(change.after()))
        .put("observed", change.after().map(Check::observed).orElse(null))
        .put("hop", change.after().flatMap(Check::hop).orElse(null));
  }

  private static String verdict(Optional<Check> check) {
    return check.map(Check::verdict).map(Verdict::word).orElse(null);
  }

  private static void changes(ArrayNode array, String name, List<Comparison.Change> changes) {
    for (Comparison.Change change : changes) {
      array
          .addObject()
          .put(name, change.name())
          .put("before", change.before().orElse(null))
          .put("after", change.after().orElse(null));
    }
  }
}
