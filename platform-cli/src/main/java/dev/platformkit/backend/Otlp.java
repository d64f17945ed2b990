package dev.platformkit.backend;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** The door through which spans come in over OTLP's HTTP. */
public final class Otlp {
  private static final int INTERNAL = 1;

  private final HttpServer server;

  public Otlp(HttpServer server) {
    this.server = requireNonNull(server, "server is null");
  }

  /** Sends one finished span that has no parent. */
  public void span(String service, String name, String traceId, String spanId, Instant at) {
    ObjectNode root = HttpServer.JSON.createObjectNode();
    ObjectNode resource = root.putArray("resourceSpans").addObject();
    ObjectNode attribute = resource.putObject("resource").putArray("attributes").addObject();
    attribute.put("key", "service.name");
    attribute.putObject("value").put("stringValue", service);
    ObjectNode span = resource.putArray("scopeSpans").addObject().putArray("spans").addObject();
    String nanos = Long.toString(at.getEpochSecond() * 1_000_000_000L + at.getNano());
    span.put("traceId", traceId)
        .put("spanId", spanId)
        .put("name", name)
        .put("kind", INTERNAL)
        .put("startTimeUnixNano", nanos)
        .put("endTimeUnixNano", nanos);
    server.sendGood(HttpCall.of("POST", "/v1/traces").body("application/json", root.toString()));
  }
}
