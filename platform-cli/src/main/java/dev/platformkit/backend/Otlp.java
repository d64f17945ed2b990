package dev.platformkit.backend;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** The door through which spans come in over OTLP's HTTP. */
public final class Otlp {
  /** The code of a status that says so. */
  private static final int ERROR = 2;

  private final HttpServer server;

  public Otlp(HttpServer server) {
    this.server = requireNonNull(server, "server is null");
  }

  /** Sends one finished span. */
  public void send(Span finished) {
    ObjectNode root = HttpServer.JSON.createObjectNode();
    ObjectNode resource = root.putArray("resourceSpans").addObject();
    attribute(
        "service.name",
        finished.service(),
        resource.putObject("resource").putArray("attributes").addObject());
    ObjectNode span = resource.putArray("scopeSpans").addObject().putArray("spans").addObject();
    span.put("traceId", finished.traceId())
        .put("spanId", finished.id())
        .put("parentSpanId", finished.parentId())
        .put("name", finished.name())
        .put("kind", List.of(Span.Kind.values()).indexOf(finished.kind()))
        .put("startTimeUnixNano", nanos(finished.start()))
        .put("endTimeUnixNano", nanos(finished.end()));
    ArrayNode attributes = span.putArray("attributes");
    new TreeMap<>(finished.attributes())
        .forEach((key, value) -> attribute(key, value, attributes.addObject()));
    ArrayNode links = span.putArray("links");
    for (Span.Link link : finished.links()) {
      links.addObject().put("traceId", link.traceId()).put("spanId", link.spanId());
    }
    if (finished.error()) {
      span.putObject("status").put("code", ERROR);
    }
    server.sendGood(HttpCall.of("POST", "/v1/traces").body("application/json", root.toString()));
  }

  private static void attribute(String key, String value, ObjectNode attribute) {
    attribute.put("key", key).putObject("value").put("stringValue", value);
  }

  private static String nanos(Instant time) {
    return Long.toString(time.getEpochSecond() * 1_000_000_000L + time.getNano());
  }
}
