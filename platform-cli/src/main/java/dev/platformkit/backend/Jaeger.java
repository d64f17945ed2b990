package dev.platformkit.backend;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Jaeger's query API, version 3: traces come back in OTLP's JSON. */
public final class Jaeger {
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]*");
  private static final long NANOS = 1_000_000_000L;

  private final HttpServer server;

  public Jaeger(HttpServer server) {
    this.server = requireNonNull(server, "server is null");
  }

  /**
   * What is stored of a trace.
   *
   * @param text all of it, as the server tells it; empty where the trace is not known
   */
  public record Trace(List<Span> spans, String text) {
    public Trace {
      spans = List.copyOf(spans);
      requireNonNull(text, "text is null");
    }
  }

  /** What is stored of a trace by now; no spans where the trace is not known. */
  public Trace trace(String traceId) {
    return ask(HttpCall.get("/api/v3/traces/" + traceId));
  }

  /**
   * The spans of traces that a search finds by a service and by time; the server gives no more than
   * so many traces.
   */
  public List<Span> search(String service, Instant from, Instant to, int traces) {
    return ask(HttpCall.get("/api/v3/traces")
            .query("query.service_name", service)
            .query("query.start_time_min", from.toString())
            .query("query.start_time_max", to.toString())
            .query("query.num_traces", Integer.toString(traces)))
        .spans();
  }

  private Trace ask(HttpCall call) {
    HttpAnswer answer = server.send(call);
    if (answer.status() == 404) {
      return new Trace(List.of(), "");
    }
    List<Span> spans = new ArrayList<>();
    JsonNode root = server.parse(call, good(call, answer));
    for (JsonNode resource : root.path("result").path("resourceSpans")) {
      String service =
          attributes(resource.path("resource").path("attributes")).getOrDefault("service.name", "");
      for (JsonNode scope : resource.path("scopeSpans")) {
        for (JsonNode span : scope.path("spans")) {
          spans.add(span(span, service));
        }
      }
    }
    return new Trace(spans, answer.body());
  }

  private HttpAnswer good(HttpCall call, HttpAnswer answer) {
    if (!answer.isGood()) {
      throw server.wrong(call, "the trace, or 404", answer);
    }
    return answer;
  }

  /** Where a person sees a trace. */
  public String page(String traceId) {
    return server.url("/trace/" + traceId);
  }

  private static Span span(JsonNode span, String service) {
    JsonNode code = span.path("status").path("code");
    return new Span(
        hex(span.path("traceId").asText()),
        hex(span.path("spanId").asText()),
        hex(span.path("parentSpanId").asText()),
        service,
        span.path("name").asText(),
        kind(span.path("kind")),
        code.asInt() == 2 || code.asText().equals("STATUS_CODE_ERROR"),
        time(span.path("startTimeUnixNano").asLong()),
        time(span.path("endTimeUnixNano").asLong()),
        attributes(span.path("attributes")),
        links(span.path("links")));
  }

  private static List<Span.Link> links(JsonNode list) {
    List<Span.Link> links = new ArrayList<>();
    for (JsonNode link : list) {
      links.add(
          new Span.Link(hex(link.path("traceId").asText()), hex(link.path("spanId").asText())));
    }
    return links;
  }

  private static Instant time(long nanos) {
    return Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS);
  }

  private static Span.Kind kind(JsonNode kind) {
    if (kind.isTextual()) {
      return Span.Kind.valueOf(kind.asText().replace("SPAN_KIND_", "").toUpperCase(Locale.ROOT));
    }
    return List.of(Span.Kind.values()).get(kind.asInt());
  }

  /** OTLP's JSON writes ids in hex, protobuf's in base64; servers have done both. */
  private static String hex(String id) {
    if (id.length() % 16 == 0 && HEX.matcher(id).matches()) {
      return id.toLowerCase(Locale.ROOT);
    }
    return HexFormat.of().formatHex(Base64.getDecoder().decode(id));
  }

  private static Map<String, String> attributes(JsonNode list) {
    Map<String, String> attributes = new HashMap<>();
    for (JsonNode attribute : list) {
      JsonNode value = attribute.path("value");
      JsonNode first = value.isEmpty() ? value : value.elements().next();
      attributes.put(
          attribute.path("key").asText(), first.isValueNode() ? first.asText() : first.toString());
    }
    return attributes;
  }
}
