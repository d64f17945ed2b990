package dev.platformkit.backend;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * A line that Elasticsearch refused, as Filebeat keeps it: the whole document is one text, and the
 * reason is what the store answered.
 *
 * <pre>
 * {"@timestamp": "…", "message": "{\"service\":{\"name\":\"shop\"},\"event\":{\"original\":\"…\"}}",
 *  "error.type": 400, "error.message": "{\"type\":\"mapper_parsing_exception\",\"reason\":\"…\"}"}
 * </pre>
 *
 * @param service who wrote it; empty where that cannot be read
 * @param line as it was written
 */
public record Refusal(Instant time, String service, String reason, String line) {
  public Refusal {
    requireNonNull(time, "time is null");
    requireNonNull(service, "service is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(line, "line is null");
  }

  static Refusal of(JsonNode source) {
    String message = Elasticsearch.field(source, "message");
    JsonNode document = Elasticsearch.object(message);
    String original = Elasticsearch.field(document, "event.original");
    String answer = Elasticsearch.field(source, "error.message");
    JsonNode reason = Elasticsearch.object(answer);
    String cause = reason.at("/caused_by/reason").asText();
    String why = reason.path("reason").asText(answer);
    return new Refusal(
        time(Elasticsearch.field(source, "@timestamp")),
        Elasticsearch.field(document, "service.name"),
        cause.isEmpty() || why.contains(cause) ? why : why + ": " + cause,
        original.isEmpty() ? message : original);
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return Instant.EPOCH; // what is wrong with it may be its time
    }
  }
}
