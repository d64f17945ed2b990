package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.BackendException;
import dev.platformkit.backend.Jaeger;
import dev.platformkit.backend.Otlp;
import dev.platformkit.backend.Span;
import dev.platformkit.backend.Span.Kind;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.NotPartOfPlatformException;
import dev.platformkit.verify.Recent;
import dev.platformkit.verify.flow.SpanFlow;
import dev.platformkit.verify.journey.Ids;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What the trace store holds of a journey by now, asked for once by all proofs that look at it; and
 * a span of verify's own that was sent through the same door, to tell services from store. Safe for
 * use by several threads.
 */
public final class Traces {
  /** A search gives no more. */
  static final int MOST_TRACES = 300;

  private final Addresses addresses;
  private final Sentinel sentinel;

  /** When a span of the sentinel was first seen of a service, by {@link System#nanoTime}. */
  private final Map<String, Long> arrived = new ConcurrentHashMap<>();

  private final Map<String, Recent<Jaeger.Trace>> asked = new ConcurrentHashMap<>();
  private final Map<Begun, Recent<List<Span>>> begun = new ConcurrentHashMap<>();
  private final Map<String, List<Span>> latest = new ConcurrentHashMap<>();
  private final String direct = Ids.trace();
  private boolean directSent;
  private Optional<String> directRefused = Optional.empty();

  public Traces(Addresses addresses, Sentinel sentinel) {
    this.addresses = requireNonNull(addresses, "addresses is null");
    this.sentinel = requireNonNull(sentinel, "sentinel is null");
  }

  /** The spans of a trace that are stored by now. */
  List<Span> of(String traceId) {
    List<Span> spans = asked(traceId).get().spans();
    latest.put(traceId, spans);
    return spans;
  }

  /** All that the store tells of a trace now that the sentinel has arrived from those services. */
  String text(String traceId, Collection<String> services) {
    long now = System.nanoTime();
    long asOf = services.stream().mapToLong(s -> arrived.getOrDefault(s, now)).max().orElse(now);
    return asked(traceId).get(asOf).text();
  }

  private Recent<Jaeger.Trace> asked(String traceId) {
    return asked.computeIfAbsent(traceId, id -> new Recent<>(() -> store().trace(id)));
  }

  /** Those of some services of which no span of the sentinel is stored by now. */
  Set<String> late(Collection<String> services) {
    Set<String> late = new TreeSet<>(services);
    late.removeAll(arrived.keySet());
    Set<String> sent = sentinel.traceIds();
    for (String trace : sent) {
      if (!late.isEmpty()) {
        of(trace).forEach(span -> arrived(span, late));
      }
    }
    for (String service : Set.copyOf(late)) {
      begunAt(service, sentinel.start()).stream()
          .filter(span -> span.links().stream().anyMatch(link -> sent.contains(link.traceId())))
          .forEach(span -> arrived(span, late));
    }
    return late;
  }

  private void arrived(Span span, Set<String> late) {
    arrived.putIfAbsent(span.service(), System.nanoTime());
    late.remove(span.service());
  }

  /** The spans of a trace that some proof has seen, else those that are stored by now. */
  List<Span> known(String traceId) {
    List<Span> seen = latest.getOrDefault(traceId, List.of());
    return seen.isEmpty() ? of(traceId) : seen;
  }

  private record Begun(String service, Instant since) {}

  /**
   * The spans of the latest traces of a service that began since then; none where the store cannot
   * search.
   */
  List<Span> begunAt(String service, Instant since) {
    try {
      return found(service, since);
    } catch (BackendException e) {
      return List.of(); // a store that cannot search has found nothing
    }
  }

  /** What the store answers that will not search for the traces of a service. */
  Optional<String> searchRefused(String service, Instant since) {
    try {
      found(service, since);
      return Optional.empty();
    } catch (BackendException e) {
      return Optional.of(e.getMessage());
    }
  }

  private List<Span> found(String service, Instant since) {
    return begun
        .computeIfAbsent(new Begun(service, since), b -> new Recent<>(() -> search(b)))
        .get();
  }

  private List<Span> search(Begun begun) {
    return store()
        .search(
            begun.service(),
            begun.since().minusSeconds(1),
            Instant.now().plusSeconds(1),
            MOST_TRACES);
  }

  /** Those of some traces in which a service handled something, by its spans. */
  Set<String> handledBy(String service, Collection<String> traceIds) {
    Set<String> handled = new TreeSet<>();
    for (String id : traceIds) {
      if (known(id).stream().anyMatch(span -> isHandling(span, service))) {
        handled.add(id);
      }
    }
    return handled;
  }

  /** The ids of a service's own spans of a trace. */
  Set<String> idsOf(String service, String traceId) {
    return known(traceId).stream()
        .filter(span -> span.service().equals(service))
        .map(Span::id)
        .collect(Collectors.toSet());
  }

  private static boolean isHandling(Span span, String service) {
    return span.service().equals(service)
        && (span.kind() == Kind.SERVER || span.kind() == Kind.CONSUMER);
  }

  /** Sends the span of verify's own, once. */
  synchronized void sendDirect() {
    if (directSent || directRefused.isPresent()) {
      return;
    }
    try {
      Otlp otlp = new Otlp(addresses.server("jaeger", 4318));
      Instant now = Instant.now();
      otlp.send(
          new Span(
              direct,
              Ids.span(),
              "",
              SpanFlow.PROBE,
              "sentinel",
              Kind.INTERNAL,
              false,
              now,
              now,
              Map.of()));
      directSent = true;
    } catch (NotPartOfPlatformException e) {
      directSent = false; // a platform that is only read from
    } catch (BackendException e) {
      directRefused = Optional.of(e.getMessage());
    }
  }

  /** Why verify's own span was not let in. */
  synchronized Optional<String> directRefused() {
    return directRefused;
  }

  /** Whether verify's own span was let in. */
  synchronized boolean directSent() {
    return directSent;
  }

  /** Whether verify's own span can be found. */
  boolean directArrived() {
    return directSent() && !of(direct).isEmpty();
  }

  Jaeger store() {
    return new Jaeger(addresses.server("jaeger", 16686));
  }
}
