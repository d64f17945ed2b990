package dev.platformkit.verify.proof;

import dev.platformkit.backend.Span;
import dev.platformkit.backend.Span.Kind;
import dev.platformkit.verify.journey.Proof;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is wrong with the spans of a trace.
 *
 * @param faults one line each, none where the trace is whole
 * @param lost whether spans are missing, and not only other than expected
 * @param missing the services of which a span is missing, as far as that is known
 * @param skews what is wrong with clocks, one line each; the spans are all there
 */
record TraceShape(
    List<String> faults,
    boolean lost,
    Set<String> missing,
    List<String> skews,
    int spans,
    long services) {
  TraceShape {
    faults = List.copyOf(faults);
    missing = Set.copyOf(missing);
    skews = List.copyOf(skews);
  }

  /** Whether nothing is missing. */
  boolean whole() {
    return spans > 0 && faults.isEmpty();
  }

  /**
   * Compares spans with what a journey expects of them.
   *
   * @param announced the id of the parent that was announced with the request; it is stored nowhere
   */
  static TraceShape of(List<Span> spans, Proof.TraceOf expected, String announced) {
    return of(spans, List.of(), expected, announced);
  }

  /**
   * Compares spans with what a journey expects of them.
   *
   * @param elsewhere spans of other traces, which may be linked to these
   */
  static TraceShape of(
      List<Span> spans, List<Span> elsewhere, Proof.TraceOf expected, String announced) {
    List<Span> handling = Stream.concat(spans.stream(), elsewhere.stream()).toList();
    Map<String, Span> byId =
        spans.stream().collect(Collectors.toMap(Span::id, Function.identity(), (a, b) -> a));
    List<String> faults = new ArrayList<>();
    Set<String> missing = new TreeSet<>();
    for (Proof.Call call : expected.calls()) {
      if (!happened(call, handling, byId)) {
        faults.add("no call " + call);
        missing.addAll(missingOf(call, spans));
      }
    }
    for (Span client : spans) {
      boolean answered =
          spans.stream().anyMatch(s -> s.kind() == Kind.SERVER && s.parentId().equals(client.id()));
      if (client.kind() == Kind.CLIENT && !isStore(client) && !answered) {
        faults.add(
            "client span \"%s\" of %s has no server span"
                .formatted(client.name(), client.service()));
        called(client).ifPresent(missing::add);
      }
    }
    for (Span producer : unheard(spans, handling)) {
      faults.add(
          "producer span \"%s\" of %s has no consumer span"
              .formatted(producer.name(), producer.service()));
      expected.calls().stream()
          .filter(call -> call.from().equals(producer.service()))
          .map(Proof.Call::to)
          .forEach(missing::add);
    }
    List<Span> orphans =
        spans.stream()
            .filter(s -> !s.parentId().equals(announced) && !byId.containsKey(s.parentId()))
            .toList();
    if (orphans.size() != expected.orphans()) {
      for (Span orphan : orphans) {
        faults.add(
            "span \"%s\" of %s has lost its parent".formatted(orphan.name(), orphan.service()));
        missing.addAll(callersOf(orphan, expected));
      }
      if (expected.orphans() > 0) {
        faults.add("%d orphans instead of %d".formatted(orphans.size(), expected.orphans()));
      }
    }
    if (!spans.isEmpty() && spans.stream().noneMatch(s -> s.parentId().equals(announced))) {
      faults.add("no span has the announced parent");
    }
    boolean lost = spans.isEmpty() || !faults.isEmpty();
    errors(spans, expected, faults);
    long services = spans.stream().map(Span::service).distinct().count();
    return new TraceShape(faults, lost, missing, Skew.of(spans, byId), spans.size(), services);
  }

  /** The producer spans that no consumer span names as its parent, or is linked to. */
  private static List<Span> unheard(List<Span> spans, List<Span> handling) {
    return spans.stream()
        .filter(span -> span.kind() == Kind.PRODUCER)
        .filter(
            producer ->
                handling.stream()
                    .filter(s -> s.kind() == Kind.CONSUMER)
                    .noneMatch(s -> names(s, producer)))
        .toList();
  }

  private static boolean names(Span consumer, Span producer) {
    return consumer.parentId().equals(producer.id())
        || consumer.links().stream().anyMatch(link -> link.spanId().equals(producer.id()));
  }

  /** Whether it has producer spans that nobody in it has heard. */
  static boolean isUnheard(List<Span> spans) {
    return !unheard(spans, spans).isEmpty();
  }

  /** The service that a client span says it called, where it says so. */
  private static Optional<String> called(Span client) {
    return Stream.of("peer.service", "server.address", "net.peer.name")
        .map(client.attributes()::get)
        .filter(Objects::nonNull)
        .map(address -> address.replaceFirst(":\\d+$", ""))
        .findFirst();
  }

  /** Who, as declared, calls the service whose span has lost its parent: that span is missing. */
  private static List<String> callersOf(Span orphan, Proof.TraceOf expected) {
    boolean called = orphan.kind() == Kind.SERVER || orphan.kind() == Kind.CONSUMER;
    return called
        ? expected.calls().stream()
            .filter(call -> call.to().equals(orphan.service()))
            .map(Proof.Call::from)
            .toList()
        : List.of(orphan.service());
  }

  private static void errors(List<Span> spans, Proof.TraceOf expected, List<String> faults) {
    List<String> errors =
        spans.stream()
            .filter(Span::error)
            .map(s -> "span \"%s\" of %s has an error".formatted(s.name(), s.service()))
            .toList();
    if (expected.errors() == Proof.TraceOf.ANY || errors.size() == expected.errors()) {
      return;
    }
    faults.addAll(errors);
    if (expected.errors() > 0) {
      faults.add("%d errors instead of %d".formatted(errors.size(), expected.errors()));
    }
  }

  private static boolean happened(Proof.Call call, List<Span> spans, Map<String, Span> byId) {
    return spans.stream()
        .filter(s -> s.kind() == Kind.SERVER || s.kind() == Kind.CONSUMER)
        .filter(s -> s.service().equals(call.to()))
        .flatMap(s -> callers(s, byId))
        .anyMatch(
            caller ->
                caller.service().equals(call.from())
                    && (caller.kind() == Kind.CLIENT || caller.kind() == Kind.PRODUCER));
  }

  /** Who called: the parent; and, where a broker stands between, also a span that is linked to. */
  private static Stream<Span> callers(Span span, Map<String, Span> byId) {
    Stream<String> linked =
        span.kind() == Kind.CONSUMER ? span.links().stream().map(Span.Link::spanId) : Stream.of();
    return Stream.concat(Stream.of(span.parentId()), linked)
        .map(byId::get)
        .filter(Objects::nonNull);
  }

  /** Whose span is missing for a call that is not there: those who have none at all, else both. */
  private static List<String> missingOf(Proof.Call call, List<Span> spans) {
    List<String> silent =
        Stream.of(call.from(), call.to())
            .filter(service -> spans.stream().noneMatch(s -> s.service().equals(service)))
            .toList();
    return silent.isEmpty() ? List.of(call.from(), call.to()) : silent;
  }

  /** A call to a store has no server span: the store takes no part in tracing. */
  private static boolean isStore(Span client) {
    return client.attributes().containsKey("db.system")
        || client.attributes().containsKey("db.system.name");
  }
}
