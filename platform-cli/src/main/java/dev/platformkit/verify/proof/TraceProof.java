package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Span;
import dev.platformkit.backend.Span.Kind;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Way;
import dev.platformkit.verify.flow.SpanFlow;
import dev.platformkit.verify.journey.Proof;
import dev.platformkit.verify.journey.StepRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A step's trace is whole: each expected call is a client span with its server span, no client span
 * is without one, nobody but the first has lost its parent, and no clock is off. It is whole only
 * when spans of the sentinel have come from each of its services: a span that is late would
 * otherwise pass for one that was never made. Where the step was sent more than once, so is each of
 * those: what is lost at random is lost here.
 */
public final class TraceProof implements Probe {
  /** Clocks of two machines; within the platform they are held to be closer. */
  private static final Duration TOLERATED = Duration.ofSeconds(10);

  private final Evidenced evidenced;
  private final Proof.TraceOf expected;
  private final Traces traces;
  private final SpanFlow flow;
  private final StepRun step;
  private final Map<String, TraceShape> shapes = new LinkedHashMap<>();
  private boolean directArrived;
  private boolean skewed;

  public TraceProof(Evidenced evidenced, Proof.TraceOf expected, Traces traces, SpanFlow flow) {
    this.evidenced = requireNonNull(evidenced, "evidenced is null");
    this.expected = requireNonNull(expected, "expected is null");
    this.traces = requireNonNull(traces, "traces is null");
    this.flow = requireNonNull(flow, "flow is null");
    this.step = evidenced.walk().step(expected.step()).orElseThrow();
  }

  @Override
  public String id() {
    return "trace/complete";
  }

  @Override
  public String subject() {
    return evidenced.journey().name();
  }

  @Override
  public String expected() {
    if (expected.equals(Proof.TraceOf.whole(expected.step()))) {
      return "trace of %s whole".formatted(expected.step());
    }
    return "trace of %s with the calls %s, %d errors, %d orphans"
        .formatted(
            expected.step(),
            expected.calls().stream().map(Proof.Call::toString).collect(Collectors.joining(", ")),
            expected.errors(),
            expected.orphans());
  }

  @Override
  public Finding look() {
    traces.sendDirect();
    TraceShape shape = shape(step, expected);
    evidenced.seen().trace(step, traces.of(step.traceId()));
    String seen = "%d spans, %d services".formatted(shape.spans(), shape.services());
    if (!shape.whole()) {
      Set<String> late = late();
      return with(
          shape.faults(),
          Finding.missing(seen + (late.isEmpty() ? "" : "; nothing sent later from " + late)));
    }
    List<String> skews = skews(shape);
    skewed = !skews.isEmpty();
    if (skewed) {
      return with(skews.subList(1, skews.size()), Finding.fail(skews.get(0)));
    }
    Set<String> late = late();
    if (!late.isEmpty()) {
      directArrived = directArrived || traces.directArrived();
      String waiting = seen + "; spans sent later have not arrived from " + late;
      return directArrived ? Finding.missing(waiting) : Finding.unknown(waiting);
    }
    return again(seen);
  }

  /** What is to be seen of the step as it was sent again, in its walk and as the sentinel. */
  private Finding again(String seen) {
    Map<StepRun, Proof.TraceOf> again = new LinkedHashMap<>();
    Proof.TraceOf whole = Proof.TraceOf.whole(expected.step());
    evidenced.walk().echoes(expected.step()).forEach(echo -> again.put(echo, whole));
    evidenced
        .sentinel()
        .of(evidenced.journey())
        .flatMap(walk -> walk.step(expected.step()))
        .ifPresent(sentinel -> again.put(sentinel, expected));
    if (again.isEmpty()) {
      return Finding.pass(seen);
    }
    List<String> faults = new ArrayList<>();
    int broken = 0;
    for (Map.Entry<StepRun, Proof.TraceOf> each : again.entrySet()) {
      StepRun echo = each.getKey();
      TraceShape shape = shape(echo, each.getValue());
      if (!shape.whole()) {
        broken++;
        faults.addAll(
            shape.spans() == 0 ? List.of("no span of trace " + echo.traceId()) : shape.faults());
      }
    }
    return broken == 0
        ? Finding.pass(seen + ", " + (again.size() + 1) + " times")
        : with(
            faults.stream().distinct().limit(5).toList(),
            Finding.missing(
                "%s; sent %d times more, %d of those traces are not whole"
                    .formatted(seen, again.size(), broken)));
  }

  /** What a trace looks like by now; it is asked for until it is whole, and then no more. */
  private TraceShape shape(StepRun run, Proof.TraceOf of) {
    TraceShape known = shapes.get(run.traceId());
    if (known != null && known.whole()) {
      return known;
    }
    List<Span> spans = traces.of(run.traceId());
    TraceShape shape = TraceShape.of(spans, of, run.spanId());
    if (TraceShape.isUnheard(spans)) {
      List<Span> linked = new ArrayList<>();
      for (String service : consumers(spans)) {
        linked.addAll(linked(service));
        shape = TraceShape.of(spans, linked, of, run.spanId());
        if (shape.whole()) {
          break;
        }
      }
    }
    shapes.put(run.traceId(), shape);
    return shape;
  }

  /** Who may have heard what nobody in a trace has; those first whom it lacks to be as expected. */
  private Set<String> consumers(List<Span> spans) {
    Set<String> consumers = new LinkedHashSet<>(expected.services());
    spans.stream().map(Span::service).forEach(consumers::remove);
    consumers.addAll(evidenced.journey().proof().services());
    return consumers;
  }

  /** Spans of a service that are linked to others: a consumer may begin a trace of its own. */
  private List<Span> linked(String service) {
    return traces.begunAt(service, evidenced.walk().start()).stream()
        .filter(span -> !span.links().isEmpty())
        .toList();
  }

  /** Clocks against each other, and the first span's against this machine's. */
  private List<String> skews(TraceShape shape) {
    if (!shape.skews().isEmpty()) {
      return shape.skews();
    }
    return traces.of(step.traceId()).stream()
        .filter(span -> span.kind() == Kind.SERVER && span.parentId().equals(step.spanId()))
        .flatMap(span -> skew(span).stream())
        .toList();
  }

  private Optional<String> skew(Span first) {
    Duration behind = Duration.between(first.start(), evidenced.walk().start());
    Duration ahead = Duration.between(evidenced.walk().end(), first.start());
    if (behind.compareTo(TOLERATED) <= 0 && ahead.compareTo(TOLERATED) <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        "clock of %s is %s, as seen from this machine"
            .formatted(
                first.service(),
                behind.compareTo(TOLERATED) > 0
                    ? Skew.seconds(behind) + " behind"
                    : Skew.seconds(ahead) + " ahead"));
  }

  /** The services whose spans of the sentinel are not there yet. */
  private Set<String> late() {
    Set<String> services = new TreeSet<>(expected.services());
    traces.of(step.traceId()).stream().map(Span::service).forEach(services::add);
    if (services.isEmpty()) {
      services.add(evidenced.journey().target());
    }
    services.retainAll(evidenced.sentinel().services());
    return traces.late(services);
  }

  /** Those of some services that do not stand where the journey comes in: they have callers. */
  private List<String> called(Set<String> services) {
    return services.stream().filter(s -> !s.equals(evidenced.journey().target())).toList();
  }

  private static Finding with(Collection<String> faults, Finding finding) {
    Finding with = finding;
    for (String fault : faults) {
      with = with.detail(fault);
    }
    return with;
  }

  @Override
  public Finding explain(Finding found) {
    Finding linked =
        found
            .link(traces.store().page(step.traceId()))
            .link("platform logs --trace " + step.traceId());
    if (skewed) {
      return linked.on(TraceHops.misplaced(found.observed()));
    }
    List<TraceShape> lost = shapes.values().stream().filter(TraceShape::lost).toList();
    if (lost.isEmpty()) {
      return linked;
    }
    Set<String> missing = new TreeSet<>();
    lost.forEach(shape -> missing.addAll(shape.missing()));
    if (missing.isEmpty()) {
      missing.add(evidenced.journey().target());
    }
    TraceHops hops = new TraceHops(traces, flow);
    for (String service : called(missing)) {
      Optional<String> other = hops.elsewhere(service, evidenced.walk(), evidenced.everyTraceId());
      if (other.isPresent()) {
        return linked.on(Way.none().broken("created", other.get()));
      }
    }
    return linked.on(hops.of(missing));
  }
}
