package dev.platformkit.verify.proof;

import dev.platformkit.backend.Span;
import dev.platformkit.backend.Span.Kind;
import dev.platformkit.verify.journey.Proof;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is wrong with the spans of a trace.
 *
 * @param faults one line each, none where the trace is whole
 */
record TraceShape(List<String> faults, int spans, long services) {
  TraceShape {
    faults = List.copyOf(faults);
  }

  /**
   * Compares spans with what a journey expects of them.
   *
   * @param announced the id of the parent that was announced with the request; it is stored nowhere
   */
  static TraceShape of(List<Span> spans, Proof.TraceOf expected, String announced) {
    Map<String, Span> byId =
        spans.stream().collect(Collectors.toMap(Span::id, Function.identity(), (a, b) -> a));
    List<String> faults = new ArrayList<>();
    for (Proof.Call call : expected.calls()) {
      if (!happened(call, spans, byId)) {
        faults.add("no call " + call);
      }
    }
    for (Span client : spans) {
      boolean answered =
          spans.stream().anyMatch(s -> s.kind() == Kind.SERVER && s.parentId().equals(client.id()));
      if (client.kind() == Kind.CLIENT && !isStore(client) && !answered) {
        faults.add(
            "client span \"%s\" of %s has no server span"
                .formatted(client.name(), client.service()));
      }
    }
    List<String> orphans =
        spans.stream()
            .filter(s -> !s.parentId().equals(announced) && !byId.containsKey(s.parentId()))
            .map(s -> "span \"%s\" of %s has lost its parent".formatted(s.name(), s.service()))
            .toList();
    if (orphans.size() != expected.orphans()) {
      faults.addAll(orphans);
      if (expected.orphans() > 0) {
        faults.add("%d orphans instead of %d".formatted(orphans.size(), expected.orphans()));
      }
    }
    List<String> errors =
        spans.stream()
            .filter(Span::error)
            .map(s -> "span \"%s\" of %s has an error".formatted(s.name(), s.service()))
            .toList();
    if (errors.size() != expected.errors()) {
      faults.addAll(errors);
      if (expected.errors() > 0) {
        faults.add("%d errors instead of %d".formatted(errors.size(), expected.errors()));
      }
    }
    long services = spans.stream().map(Span::service).distinct().count();
    return new TraceShape(faults, spans.size(), services);
  }

  private static boolean happened(Proof.Call call, List<Span> spans, Map<String, Span> byId) {
    return spans.stream()
        .filter(s -> s.kind() == Kind.SERVER || s.kind() == Kind.CONSUMER)
        .filter(s -> s.service().equals(call.to()))
        .map(s -> byId.get(s.parentId()))
        .anyMatch(
            parent ->
                parent != null
                    && parent.service().equals(call.from())
                    && (parent.kind() == Kind.CLIENT || parent.kind() == Kind.PRODUCER));
  }

  /** A call to a store has no server span: the store takes no part in tracing. */
  private static boolean isStore(Span client) {
    return client.attributes().containsKey("db.system")
        || client.attributes().containsKey("db.system.name");
  }
}
