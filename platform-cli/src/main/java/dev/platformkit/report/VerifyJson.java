package dev.platformkit.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.platformkit.verify.Check;
import dev.platformkit.verify.Evidence;
import dev.platformkit.verify.Way;
import dev.platformkit.verify.journey.StepRun;
import java.util.Locale;
import java.util.TreeMap;

/** The evidence of a verify run, {@code platform.verify/1}. */
public final class VerifyJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private VerifyJson() {}

  /** The evidence as JSON, ending in a line end. */
  public static String of(Evidence evidence) {
    ObjectNode root = JSON.createObjectNode();
    root.put("schema", "platform.verify/1")
        .put("verdict", evidence.verdict().word())
        .put("started", evidence.started().toString())
        .put("duration_ms", evidence.took().toMillis())
        .put("nonce", evidence.nonce());
    ObjectNode platform = root.putObject("platform").put("name", evidence.platform().name());
    ArrayNode images = platform.putArray("images");
    for (Evidence.Image image : evidence.platform().images()) {
      images
          .addObject()
          .put("service", image.service())
          .put("image", image.image())
          .put("id", image.id());
    }
    ObjectNode configs = platform.putObject("configs");
    new TreeMap<>(evidence.platform().configs()).forEach(configs::put);
    ArrayNode journeys = root.putArray("journeys");
    evidence.journeys().forEach(journey -> journeys.add(journey(journey)));
    ArrayNode checks = root.putArray("checks");
    evidence.checks().forEach(check -> checks.add(check(check)));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  private static ObjectNode journey(Evidence.JourneyEvidence journey) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("name", journey.name())
            .put("verdict", journey.verdict().word())
            .put("trace_id", journey.traceId())
            .put("duration_ms", journey.took().toMillis());
    ArrayNode steps = node.putArray("steps");
    for (StepRun step : journey.steps()) {
      steps
          .addObject()
          .put("name", step.name())
          .put("request", step.request())
          .put("good", step.good())
          .put("expected", step.expected())
          .put("observed", step.observed())
          .put("trace_id", step.traceId())
          .put("span_id", step.spanId())
          .put("duration_ms", step.took().toMillis());
    }
    ExhibitsJson.add(journey.exhibits(), node);
    return node;
  }

  private static ObjectNode check(Check check) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("id", check.id())
            .put("verdict", check.verdict().word())
            .put("subject", check.subject())
            .put("expected", check.expected())
            .put("observed", check.observed());
    ArrayNode details = node.putArray("details");
    check.details().forEach(details::add);
    node.put("hop", check.hop().orElse(null));
    ArrayNode way = node.putArray("way");
    for (Way.Hop hop : check.way().hops()) {
      way.addObject()
          .put("hop", hop.name())
          .put("state", hop.state().name().toLowerCase(Locale.ROOT))
          .put("observed", hop.observed());
    }
    ArrayNode links = node.putArray("links");
    check.links().forEach(links::add);
    return node.put("duration_ms", check.took().toMillis());
  }
}
