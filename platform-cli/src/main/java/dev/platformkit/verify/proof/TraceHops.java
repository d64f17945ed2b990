package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Span;
import dev.platformkit.backend.Span.Kind;
import dev.platformkit.verify.Way;
import dev.platformkit.verify.flow.SpanCounts;
import dev.platformkit.verify.flow.SpanFlow;
import dev.platformkit.verify.journey.Walk;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where spans that are missing got lost. Each hop has a witness: the service's SDK, the collector's
 * counters, a span of verify's own, the store's search.
 */
final class TraceHops {
  private static final List<String> HOPS =
      List.of("created", "exported", "received", "stored", "queryable");

  private final Traces traces;
  private final SpanFlow flow;
  private final SpanFlow.Snapshot before;
  private final SpanFlow.Snapshot now;

  TraceHops(Traces traces, SpanFlow flow) {
    this.traces = requireNonNull(traces, "traces is null");
    this.flow = requireNonNull(flow, "flow is null");
    SpanFlow.Moving moving = flow.moving();
    this.before = moving.before();
    this.now = moving.now();
  }

  /**
   * The way of the missing spans of that service of several whose way breaks first.
   *
   * @param services of which spans are missing
   */
  Way of(Collection<String> services) {
    return services.stream().map(this::of).min(Comparator.comparingInt(TraceHops::broken)).get();
  }

  /** The way of spans that are all there, but were made with a clock that is off. */
  static Way misplaced(String how) {
    return Way.none().broken("created", how);
  }

  private static int broken(Way way) {
    for (Way.Hop hop : way.hops()) {
      if (hop.state() == Way.State.BROKEN) {
        return HOPS.indexOf(hop.name());
      }
    }
    return HOPS.size();
  }

  private Way of(String service) {
    Optional<SpanCounts> told = flow.since(service, now);
    Way after = stored(received(exported(Way.none(), service, told), service, told));
    if (after.broken().isPresent()) {
      return prepend(created(service, told), after);
    }
    Optional<String> forgotten = told.flatMap(counts -> forgotten(service, counts));
    if (forgotten.isPresent()) {
      List<Way.Hop> stored = after.hops().subList(0, after.hops().size() - 1);
      return prepend(created(service, told), new Way(stored).broken("queryable", forgotten.get()));
    }
    return prepend(
        told.isPresent()
            ? Way.none()
                .broken(
                    "created",
                    told.get().in() == 0
                        ? "no span ended in %s since the run began, by its own counter"
                            .formatted(service)
                        : "the %.0f spans that ended in %s since the run began went all the way; the missing ones never ended"
                            .formatted(told.get().in(), service))
            : created(service, told),
        after);
  }

  /** Where far fewer of a service's spans are found than it ended and the store took in. */
  private Optional<String> forgotten(String service, SpanCounts told) {
    String counted =
        "%.0f spans ended in %s since the run began and went all the way"
            .formatted(told.in(), service);
    Optional<String> refused = traces.searchRefused(service, flow.begun());
    if (refused.isPresent()) {
      return Optional.of(counted + ", and no search for them is answered: " + refused.get());
    }
    List<Span> all = traces.begunAt(service, flow.begun());
    long found = all.stream().filter(span -> span.service().equals(service)).count();
    boolean everything = all.stream().map(Span::traceId).distinct().count() < Traces.MOST_TRACES;
    return everything && found < told.in() * 4 / 5 - 2
        ? Optional.of("%s, and only %d of them are found".formatted(counted, found))
        : Optional.empty();
  }

  private Way created(String service, Optional<SpanCounts> told) {
    if (told.isEmpty()) {
      return Way.none()
          .unknown(
              "created",
              flow.restarted(now).contains(service)
                  ? service + " was started anew during this run"
                  : service + " does not tell how many of its spans ended");
    }
    String counted =
        "%.0f spans ended in %s since the run began, by its own counter"
            .formatted(told.get().in(), service);
    return Way.none().hop("created", told.get().in() > 0, counted);
  }

  private Way exported(Way way, String service, Optional<SpanCounts> told) {
    if (told.isEmpty()) {
      return way.unknown("exported", service + " does not tell how many of its spans it exported");
    }
    SpanCounts counts = told.get();
    double sent = counts.out() + counts.failed();
    String counted = "%.0f of %.0f sent by %s".formatted(sent, counts.in(), service);
    if (counts.dropped() > 0) {
      return way.broken("exported", counted + ", %.0f dropped".formatted(counts.dropped()));
    }
    if (counts.in() == 0) {
      return way.unknown("exported", counted);
    }
    boolean underWay = sent > 0 && isUnderWay(counts, flow.since(service, before));
    if (underWay || counts.failed() > 0) { // who gets nothing off tries for long
      return way.reached("exported", counted);
    }
    return traces.directRefused().isPresent()
        ? way.unknown("exported", counted + " so far")
        : way.broken("exported", counted);
  }

  /**
   * Whether what came in and has not gone out may still be on its way. Where nothing more comes in,
   * nothing is.
   */
  private static boolean isUnderWay(SpanCounts counts, Optional<SpanCounts> earlier) {
    boolean quiet = earlier.isPresent() && earlier.get().in() == counts.in();
    return counts.held() <= (quiet ? 0 : 2 + counts.in() / 20);
  }

  private Way received(Way way, String service, Optional<SpanCounts> told) {
    if (traces.directRefused().isPresent()) {
      return way.broken(
          "received", "a span that verify sent itself: " + traces.directRefused().get());
    }
    if (told.isPresent() && told.get().failed() > 0) {
      return way.broken(
          "received",
          "%.0f of %.0f spans that %s sent did not arrive, by its own counter"
              .formatted(told.get().failed(), told.get().out() + told.get().failed(), service));
    }
    Optional<SpanCounts> collector = flow.collectorSince(now);
    if (collector.isPresent()) {
      SpanCounts counts = collector.get();
      double sent = exportedByAll();
      String counted = "jaeger accepted %.0f spans since the run began".formatted(counts.in());
      if (counts.refused() > 0) {
        return way.broken("received", counted + ", and refused %.0f".formatted(counts.refused()));
      }
      if (counts.in() < sent) {
        return way.broken("received", counted + "; services exported %.0f".formatted(sent));
      }
      if (told.isPresent()) {
        return way.reached("received", counted);
      }
      if (counts.lost() > 0 || !isUnderWay(counts, flow.collectorSince(before))) {
        return way.unknown("received", counted + ", from whom it does not tell");
      }
    }
    if (traces.directArrived()) {
      String seen = "a span that verify sent itself was taken and stored";
      return told.isPresent()
          ? way.reached("received", seen)
          : way.broken("received", seen + "; the missing ones of " + service + " did not come");
    }
    return traces.directSent()
        ? way.reached("received", "a span that verify sent itself was taken")
        : way.unknown("received", "nobody could be asked");
  }

  private double exportedByAll() {
    return now.services().keySet().stream()
        .flatMap(service -> flow.since(service, now).stream())
        .mapToDouble(SpanCounts::out)
        .sum();
  }

  private Way stored(Way way) {
    Optional<SpanCounts> collector = flow.collectorSince(now);
    if (collector.isPresent()) {
      SpanCounts counts = collector.get();
      String counted = "jaeger stored %.0f of %.0f".formatted(counts.out(), counts.in());
      if (counts.lost() > 0) {
        return queryable(
            way.broken("stored", counted + ", and lost %.0f".formatted(counts.lost())));
      }
      if (!isUnderWay(counts, flow.collectorSince(before))) {
        return queryable(way.broken("stored", counted));
      }
      if (counts.in() > 0) {
        return queryable(way.reached("stored", counted));
      }
    }
    String direct = "a span that verify sent itself";
    if (!traces.directSent()) {
      return queryable(way.unknown("stored", "nobody could be asked"));
    }
    return queryable(
        traces.directArrived()
            ? way.reached("stored", direct + " is there")
            : way.broken("stored", direct + " was taken and cannot be found"));
  }

  private Way queryable(Way way) {
    if (!traces.directSent()) {
      return way.unknown("queryable", "no span is known to be there");
    }
    return way.hop(
        "queryable",
        traces.directArrived(),
        "a span that verify sent itself is %sfound by its trace id"
            .formatted(traces.directArrived() ? "" : "not "));
  }

  private static Way prepend(Way first, Way then) {
    return new Way(Stream.concat(first.hops().stream(), then.hops().stream()).toList());
  }

  /**
   * Where a service that takes no part in a trace began one of its own instead, at the time of that
   * walk.
   *
   * @param known the trace ids that verify announced
   */
  Optional<String> elsewhere(String service, Walk walk, Set<String> known) {
    List<Span> begun =
        traces.begunAt(service, walk.start()).stream()
            .filter(span -> span.service().equals(service))
            .filter(span -> span.kind() == Kind.SERVER || span.kind() == Kind.CONSUMER)
            .filter(span -> span.parentId().isEmpty() && !known.contains(span.traceId()))
            .toList();
    return begun.stream()
        .findFirst()
        .map(
            span ->
                "%s began %d traces of its own meanwhile, such as %s: the context of its caller did not reach it"
                    .formatted(service, begun.size(), span.traceId()));
  }
}
