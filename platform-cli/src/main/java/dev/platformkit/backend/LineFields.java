package dev.platformkit.backend;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a stored line is read and looked for by, against what the line itself says. That it is kept
 * as it was written helps nobody who looks for its message, its level or its service.
 */
final class LineFields {
  /** What a line says. */
  static final String MESSAGE = "message";

  private static final List<String> NAMES =
      List.of(MESSAGE, "log.level", "service.name", "span.id");
  private static final List<String> LOOKED_FOR =
      List.of(MESSAGE, "log.level", "service.name", "container.name");
  private static final int SHOWN = 60;

  private LineFields() {}

  /**
   * The first field that is stored otherwise than the line has it; empty where there is none, where
   * the line has no fields, and where nobody knows how it was written.
   *
   * @param source the document
   */
  static Optional<String> altered(JsonNode source) {
    JsonNode line = Elasticsearch.object(Elasticsearch.field(source, "event.original"));
    for (String name : NAMES) {
      String own = Elasticsearch.field(line, name).strip();
      String kept = Elasticsearch.field(source, name).strip();
      // Whoever stores levels in one case only has not changed what they say.
      if (!own.isEmpty() && !own.equalsIgnoreCase(kept)) {
        return Optional.of(
            "%s is \"%s\", stored %s"
                .formatted(
                    name,
                    shortened(own),
                    kept.isEmpty() ? "without it" : "as \"" + shortened(kept) + "\""));
      }
    }
    return Optional.empty();
  }

  /**
   * What people look for a line by, of what it is stored with; nobody looks for a row of dashes.
   */
  static Map<String, String> of(JsonNode source) {
    return LOOKED_FOR.stream()
        .filter(
            name -> Elasticsearch.field(source, name).chars().anyMatch(Character::isLetterOrDigit))
        .collect(Collectors.toMap(name -> name, name -> Elasticsearch.field(source, name)));
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
