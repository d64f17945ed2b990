package dev.platformkit.report;

import static dev.platformkit.report.VerifyJsonReader.list;
import static dev.platformkit.report.VerifyJsonReader.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.platformkit.verify.Exhibits;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was seen of a journey, as it stands in evidence: {@code traces}, {@code lines}, {@code
 * metrics}.
 */
final class ExhibitsJson {
  private ExhibitsJson() {}

  static void add(Exhibits exhibits, ObjectNode journey) {
    ArrayNode traces = journey.putArray("traces");
    for (Exhibits.Trace trace : exhibits.traces()) {
      ArrayNode spans =
          traces
              .addObject()
              .put("step", trace.step())
              .put("trace_id", trace.traceId())
              .putArray("spans");
      trace.spans().forEach(span -> add(span, spans.addObject()));
    }
    ArrayNode lines = journey.putArray("lines");
    exhibits.lines().forEach(line -> add(line, lines.addObject()));
    ArrayNode metrics = journey.putArray("metrics");
    exhibits.rises().forEach(rise -> add(rise, metrics.addObject()));
  }

  static Exhibits read(JsonNode journey) {
    return new Exhibits(
        list(
            journey.path("traces"),
            trace ->
                new Exhibits.Trace(
                    trace.path("step").asText(),
                    trace.path("trace_id").asText(),
                    list(trace.path("spans"), ExhibitsJson::span))),
        list(journey.path("lines"), ExhibitsJson::line),
        list(journey.path("metrics"), ExhibitsJson::rise));
  }

  private static Exhibits.Span span(JsonNode span) {
    return new Exhibits.Span(
        span.path("id").asText(),
        span.path("parent").asText(),
        span.path("service").asText(),
        span.path("name").asText(),
        span.path("kind").asText(),
        Instant.parse(span.path("start").asText()),
        Duration.of(span.path("duration_us").asLong(), ChronoUnit.MICROS),
        span.path("error").asBoolean());
  }

  private static Exhibits.Line line(JsonNode line) {
    return new Exhibits.Line(
        text(line.path("time")).map(Instant::parse),
        line.path("service").asText(),
        line.path("container").asText(),
        text(line.path("level")),
        line.path("trace_id").asText(),
        line.path("text").asText(),
        Exhibits.InStore.valueOf(line.path("in_store").asText().toUpperCase(Locale.ROOT)));
  }

  private static Exhibits.Rise rise(JsonNode rise) {
    return new Exhibits.Rise(
        rise.path("query").asText(),
        list(
            rise.path("series"),
            series ->
                new Exhibits.Series(
                    texts(series.path("labels")),
                    series.path("before").asDouble(),
                    series.path("after").asDouble(),
                    series.path("risen").asDouble())),
        text(rise.path("exemplar_trace_id")));
  }

  private static Optional<String> text(JsonNode value) {
    return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
  }

  private static void add(Exhibits.Span span, ObjectNode node) {
    node.put("id", span.id())
        .put("parent", span.parentId())
        .put("service", span.service())
        .put("name", span.name())
        .put("kind", span.kind())
        .put("start", span.start().toString())
        .put("duration_us", span.took().toNanos() / 1000)
        .put("error", span.error());
  }

  private static void add(Exhibits.Line line, ObjectNode node) {
    node.put("time", line.time().map(Object::toString).orElse(null))
        .put("service", line.service())
        .put("container", line.container())
        .put("level", line.level().orElse(null))
        .put("trace_id", line.traceId())
        .put("text", line.text())
        .put("in_store", line.inStore().name().toLowerCase(Locale.ROOT));
  }

  private static void add(Exhibits.Rise rise, ObjectNode node) {
    node.put("query", rise.query())
        .put("before", rise.before())
        .put("after", rise.after())
        .put("risen", rise.risen())
        .put("exemplar_trace_id", rise.exemplar().orElse(null));
    ArrayNode series = node.putArray("series");
    for (Exhibits.Series each : rise.series()) {
      ObjectNode one = series.addObject();
      ObjectNode labels = one.putObject("labels");
      new TreeMap<>(each.labels()).forEach(labels::put);
      one.put("before", each.before()).put("after", each.after()).put("risen", each.risen());
    }
  }
}
