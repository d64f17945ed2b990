package dev.platformkit.lifecycle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A log line for people: of a JSON line its level, its message and what is needed to go on (trace,
 * error); any other line as it stands. Time is the engine's, so it is not repeated.
 *
 * @param level in capitals; empty where the line names none
 */
public record ReadableLine(String level, String text) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> LEVELS = List.of("log.level", "level", "severity", "@level");
  private static final List<String> MESSAGES = List.of("message", "msg", "@message");
  private static final List<String> ERRORS = List.of("error.message", "error", "err");
  private static final List<String> TRACES = List.of("trace.id", "trace_id", "traceId");

  /** Reads a line as a container wrote it. */
  public static ReadableLine of(String line) {
    String stripped = line.strip();
    if (!stripped.startsWith("{") || !stripped.endsWith("}")) {
      return new ReadableLine("", line.stripTrailing());
    }
    try {
      JsonNode json = JSON.readTree(stripped);
      Optional<String> message = first(json, MESSAGES);
      return message
          .map(
              text ->
                  new ReadableLine(
                      first(json, LEVELS).orElse("").toUpperCase(Locale.ROOT), told(text, json)))
          .orElse(new ReadableLine("", stripped));
    } catch (JsonProcessingException e) {
      return new ReadableLine("", line.stripTrailing()); // looked like JSON and is none
    }
  }

  private static String told(String message, JsonNode json) {
    StringBuilder text = new StringBuilder(message.strip());
    first(json, ERRORS)
        .filter(error -> !message.contains(error))
        .ifPresent(error -> text.append(": ").append(error.strip()));
    first(json, List.of("error.type"))
        .ifPresent(type -> text.append(" [").append(type).append(']'));
    first(json, TRACES).ifPresent(trace -> text.append("  trace=").append(trace));
    return text.toString();
  }

  private static Optional<String> first(JsonNode json, List<String> names) {
    return names.stream()
        .flatMap(name -> Optional.ofNullable(value(json, name)).stream())
        .map(JsonNode::asText)
        .filter(text -> !text.isBlank())
        .findFirst();
  }

  /** A field by its dotted name, which ECS allows to be written as nested objects too. */
  private static JsonNode value(JsonNode json, String name) {
    JsonNode flat = json.get(name);
    JsonNode node = flat == null ? json.at("/" + name.replace('.', '/')) : flat;
    return node.isValueNode() ? node : null;
  }

  /** The line on one line: {@code ERROR cannot open …}. */
  @Override
  public String toString() {
    return level.isEmpty() ? text : level + " " + text;
  }
}
