package dev.platformkit.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.platformkit.verify.Exhibits;
import java.util.Locale;
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
