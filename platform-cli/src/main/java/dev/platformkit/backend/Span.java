package dev.platformkit.backend;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One span as a trace store holds it.
 *
 * @param parentId empty for a span that claims to be the first of its trace
 * @param service its resource's {@code service.name}
 * @param error whether its status says so
 * @param links the spans that it is linked to, in whatever trace
 */
public record Span(
    String traceId,
    String id,
    String parentId,
    String service,
    String name,
    Kind kind,
    boolean error,
    Instant start,
    Instant end,
    Map<String, String> attributes,
    List<Link> links) {

  /** A span that another one names without being its child. */
  public record Link(String traceId, String spanId) {
    public Link {
      requireNonNull(traceId, "traceId is null");
      requireNonNull(spanId, "spanId is null");
    }
  }

  /** OpenTelemetry's span kinds, in the order of their numbers. */
  public enum Kind {
    UNSPECIFIED,
    INTERNAL,
    SERVER,
    CLIENT,
    PRODUCER,
    CONSUMER
  }

  public Span {
    requireNonNull(traceId, "traceId is null");
    requireNonNull(id, "id is null");
    requireNonNull(parentId, "parentId is null");
    requireNonNull(service, "service is null");
    requireNonNull(name, "name is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(start, "start is null");
    requireNonNull(end, "end is null");
    attributes = Map.copyOf(attributes);
    links = List.copyOf(links);
  }

  /** A span without links. */
  public Span(
      String traceId,
      String id,
      String parentId,
      String service,
      String name,
      Kind kind,
      boolean error,
      Instant start,
      Instant end,
      Map<String, String> attributes) {
    this(traceId, id, parentId, service, name, kind, error, start, end, attributes, List.of());
  }
}
