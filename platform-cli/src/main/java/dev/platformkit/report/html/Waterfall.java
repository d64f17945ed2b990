package dev.platformkit.report.html;

import dev.platformkit.verify.Exhibits;
import dev.platformkit.verify.Exhibits.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The spans of a trace in the order in which they are read: each below the one that caused it.
 *
 * @param start of the first
 * @param took from there to the end of the last
 */
record Waterfall(List<Row> rows, Instant start, Duration took) {

  /**
   * A span in its place.
   *
   * @param depth how many spans it stands below
   * @param orphan whether it names a parent that is not there
   * @param left where it begins, in percent of the whole
   * @param width how long it is, in percent of the whole
   */
  record Row(Span span, int depth, boolean orphan, Duration offset, double left, double width) {}

  Waterfall {
    rows = List.copyOf(rows);
  }

  /**
   * Orders spans.
   *
   * @param announced the id of the parent that was announced with the request, stored nowhere
   */
  static Waterfall of(Exhibits.Trace trace, String announced) {
    List<Span> spans = new ArrayList<>(trace.spans());
    spans.sort(Comparator.comparing(Span::start));
    if (spans.isEmpty()) {
      return new Waterfall(List.of(), Instant.EPOCH, Duration.ZERO);
    }
    Instant start = spans.get(0).start();
    Instant end = spans.stream().map(s -> s.start().plus(s.took())).max(Instant::compareTo).get();
    Waterfall empty = new Waterfall(List.of(), start, Duration.between(start, end));
    Set<String> ids = spans.stream().map(Span::id).collect(Collectors.toSet());
    Map<String, List<Span>> children = new LinkedHashMap<>();
    Deque<Row> open = new ArrayDeque<>();
    for (Span span : spans) {
      if (ids.contains(span.parentId()) && !span.parentId().equals(span.id())) {
        children.computeIfAbsent(span.parentId(), id -> new ArrayList<>()).add(span);
      } else {
        open.addLast(empty.row(span, 0, !span.parentId().equals(announced)));
      }
    }
    List<Row> rows = new ArrayList<>();
    Set<Span> placed = new HashSet<>();
    empty.place(open, children, placed, rows);
    for (Span span : spans) {
      if (!placed.contains(span)) { // spans that name each other as parents
        open.addLast(empty.row(span, 0, true));
        empty.place(open, children, placed, rows);
      }
    }
    return new Waterfall(rows, start, empty.took());
  }

  private void place(
      Deque<Row> open, Map<String, List<Span>> children, Set<Span> placed, List<Row> rows) {
    while (!open.isEmpty()) {
      Row row = open.removeFirst();
      if (placed.add(row.span())) {
        rows.add(row);
        List<Span> below = children.getOrDefault(row.span().id(), List.of());
        for (int i = below.size() - 1; i >= 0; i--) {
          open.addFirst(row(below.get(i), row.depth() + 1, false));
        }
      }
    }
  }

  private Row row(Span span, int depth, boolean orphan) {
    Duration offset = Duration.between(start, span.start());
    double whole = Math.max(1, took.toNanos());
    double left = 100 * offset.toNanos() / whole;
    double width = 100 * Math.max(0, span.took().toNanos()) / whole;
    return new Row(span, depth, orphan, offset, left, Math.min(width, 100 - left));
  }

  /** How many services take part. */
  long services() {
    return rows.stream().map(row -> row.span().service()).distinct().count();
  }
}
