package dev.platformkit.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.platformkit.problem.Problem;
import dev.platformkit.verify.Check;
import dev.platformkit.verify.Evidence;
import dev.platformkit.verify.Verdict;
import dev.platformkit.verify.Way;
import dev.platformkit.verify.journey.StepRun;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads the evidence of a verify run, {@code platform.verify/1}. What an older run did not keep yet
 * is empty.
 */
public final class VerifyJsonReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private VerifyJsonReader() {}

  /**
   * Reads evidence.
   *
   * @param shownAs the file that it stands in, for people
   * @throws Problem exit 2 where it is none
   */
  public static Evidence read(String text, String shownAs) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw none(shownAs, "it is not JSON").causedBy(e);
    }
    String schema = root.path("schema").asText();
    if (!schema.equals("platform.verify/1")) {
      throw none(shownAs, "its schema is \"%s\" and not platform.verify/1".formatted(schema));
    }
    try {
      return new Evidence(
          root.path("nonce").asText(),
          Instant.parse(root.path("started").asText()),
          millis(root),
          verdict(root),
          platform(root.path("platform")),
          list(root.path("journeys"), VerifyJsonReader::journey),
          list(root.path("checks"), VerifyJsonReader::check));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw none(shownAs, e.getMessage()).causedBy(e);
    }
  }

  private static Problem none(String shownAs, String why) {
    return Problem.usage(shownAs + " is not the evidence of a verify run: " + why);
  }

  private static Evidence.Subject platform(JsonNode platform) {
    return new Evidence.Subject(
        platform.path("name").asText(),
        list(
            platform.path("images"),
            image ->
                new Evidence.Image(
                    image.path("service").asText(),
                    image.path("image").asText(),
                    image.path("id").asText())),
        texts(platform.path("configs")));
  }

  private static Evidence.JourneyEvidence journey(JsonNode journey) {
    return new Evidence.JourneyEvidence(
        journey.path("name").asText(),
        verdict(journey),
        journey.path("trace_id").asText(),
        millis(journey),
        list(journey.path("steps"), VerifyJsonReader::step),
        ExhibitsJson.read(journey));
  }

  private static StepRun step(JsonNode step) {
    return new StepRun(
        step.path("name").asText(),
        step.path("request").asText(),
        step.path("trace_id").asText(),
        step.path("span_id").asText(),
        step.path("good").asBoolean(),
        step.path("expected").asText(),
        step.path("observed").asText(),
        millis(step));
  }

  private static Check check(JsonNode check) {
    return new Check(
        check.path("id").asText(),
        verdict(check),
        check.path("subject").asText(),
        check.path("expected").asText(),
        check.path("observed").asText(),
        list(check.path("details"), JsonNode::asText),
        way(check),
        list(check.path("links"), JsonNode::asText),
        millis(check));
  }

  private static Way way(JsonNode check) {
    return new Way(
        list(
            check.path("way"),
            hop ->
                new Way.Hop(
                    hop.path("hop").asText(),
                    Way.State.valueOf(hop.path("state").asText().toUpperCase(Locale.ROOT)),
                    hop.path("observed").asText())));
  }

  private static Verdict verdict(JsonNode of) {
    return Verdict.valueOf(of.path("verdict").asText().toUpperCase(Locale.ROOT));
  }

  private static Duration millis(JsonNode of) {
    return Duration.ofMillis(of.path("duration_ms").asLong());
  }

  static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new TreeMap<>();
    object.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
    return texts;
  }

  static <T> List<T> list(JsonNode array, Function<JsonNode, T> item) {
    List<T> items = new ArrayList<>();
    array.forEach(node -> items.add(item.apply(node)));
    return items;
  }
}
