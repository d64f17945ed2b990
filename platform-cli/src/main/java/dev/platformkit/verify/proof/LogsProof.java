package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.BackendException;
import dev.platformkit.backend.Elasticsearch.Line;
import dev.platformkit.engine.Container;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.NotPartOfPlatformException;
import dev.platformkit.verify.NotRunningException;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Way;
import dev.platformkit.verify.flow.LineFlow;
import dev.platformkit.verify.journey.Proof;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Every line that a journey's services wrote of it is in the store, as it was written, once, at its
 * time, and can be found by its trace, its message and its level; and lines that each service wrote
 * later are there too. Each request that a service handled, by its span, has left a line with its
 * trace.
 */
public final class LogsProof implements Probe {
  private final Stored stored;
  private final Evidenced evidenced;
  private final Proof.Logs expected;
  private final EngineLogs logs;
  private final Addresses addresses;
  private final Traces traces;
  private final LineFlow flow;
  private final Map<String, Written> written = new LinkedHashMap<>();

  /** The first service with a fault. */
  private Optional<String> faulty = Optional.empty();

  /** What was wrong with what a service wrote, whatever became of it. */
  private Optional<String> notWritten = Optional.empty();

  /** What is kept as it was written, and found by something else. */
  private Optional<String> altered = Optional.empty();

  public LogsProof(
      Stored stored,
      Proof.Logs expected,
      EngineLogs logs,
      Addresses addresses,
      Traces traces,
      LineFlow flow) {
    this.stored = requireNonNull(stored, "stored is null");
    this.evidenced = stored.evidenced();
    this.expected = requireNonNull(expected, "expected is null");
    this.logs = requireNonNull(logs, "logs is null");
    this.addresses = requireNonNull(addresses, "addresses is null");
    this.traces = requireNonNull(traces, "traces is null");
    this.flow = requireNonNull(flow, "flow is null");
  }

  @Override
  public String id() {
    return "logs/exact";
  }

  @Override
  public String subject() {
    return evidenced.journey().name();
  }

  @Override
  public String expected() {
    return "every line that %s wrote of it stored once, as it was written"
        .formatted(String.join(", ", expected.each()));
  }

  @Override
  public Finding look() {
    faulty = Optional.empty();
    notWritten = Optional.empty();
    altered = Optional.empty();
    for (String service : expected.each()) {
      written(service).read();
    }
    StoredLines.Snapshot shown = stored.latest();
    evidenced.seen().stored(shown.of(evidenced.walk().traceIds()));
    List<Line> evidence = shown.of(evidenced.walk().everyTraceId());
    List<Line> sentinels = shown.of(evidenced.sentinel().traceIds());
    List<Line> again = shown.of(evidenced.sentinel().traceIds(evidenced.journey()));
    Tally all = new Tally();
    List<String> faults = new ArrayList<>();
    Set<String> late = new TreeSet<>();
    boolean doubled = false;
    for (String service : expected.each()) {
      Written of = written(service);
      Tally tally = Tally.of(of.evidence(), evidence);
      Tally later = Tally.of(of.again(), again);
      all.add(tally);
      if (tally.written() == 0) {
        notWritten(
            service,
            "%s (%s) wrote no line with a trace id of this journey".formatted(service, of.names()),
            faults);
      } else if (!tally.isExact()) {
        fault(service, "%s: %s".formatted(service, tally), faults);
        tally.firstMissing().ifPresent(line -> faults.add("  missing: " + line));
      }
      if (tally.altered() + later.altered() > 0) {
        of.doubt(); // perhaps the store was quicker than the engine
      }
      doubled |= tally.doubled() > 0 || later.doubled() > 0;
      if (Tally.of(of.sentinels(), sentinels).stored() == 0) {
        late.add(service);
      } else if (!later.isExact()) {
        fault(service, "%s, of what it wrote last: %s".formatted(service, later), faults);
      }
    }
    String seen = all.summary();
    if (faults.isEmpty() && late.isEmpty()) {
      return written(seen, evidence);
    }
    if (faults.isEmpty()) {
      faulty = late.stream().findFirst();
      return Finding.unknown(seen + "; lines written later have not arrived of " + late);
    }
    seen += late.isEmpty() ? "" : "; no later line arrived of " + late;
    return with(faults, doubled ? Finding.fail(seen) : Finding.missing(seen));
  }

  private void fault(String service, String fault, List<String> faults) {
    faulty = faulty.or(() -> Optional.of(service));
    faults.add(fault);
  }

  private void notWritten(String service, String fault, List<String> faults) {
    notWritten = notWritten.or(() -> Optional.of(fault));
    fault(service, fault, faults);
  }

  /** What was written is all there: is it also what has to be written? */
  private Finding written(String seen, List<Line> evidence) {
    Map<String, String> names =
        expected.each().stream()
            .flatMap(service -> written(service).containers().stream())
            .collect(Collectors.toMap(Container::id, Container::name, (one, same) -> one));
    List<Line> own =
        evidence.stream().filter(line -> names.containsKey(line.containerId())).toList();
    altered = StoredLines.altered(own).or(() -> misnamed(own, names));
    if (altered.isPresent()) {
      return Finding.fail(altered.get());
    }
    List<String> faults = new ArrayList<>();
    for (String service : expected.each()) {
      Written of = written(service);
      Set<String> silent = asked(() -> traces.handledBy(service, evidenced.ownTraceIds()));
      silent.removeAll(of.traced(evidenced.ownTraceIds()));
      if (!silent.isEmpty()) {
        of.doubt();
        notWritten(
            service,
            "%s handled %d requests of which it wrote no line with their trace, such as %s"
                .formatted(service, silent.size(), silent.iterator().next()),
            faults);
      }
      LineClock.skew(of.containers(), of.evidence(), evidence)
          .ifPresent(skew -> notWritten(service, skew, faults));
      inNoSpan(service, evidence).ifPresent(wrong -> notWritten(service, wrong, faults));
    }
    return faults.isEmpty() ? Finding.pass(seen) : with(faults, Finding.missing(faults.get(0)));
  }

  /**
   * A line that is stored under another container's name, or under none.
   *
   * @param names of containers, by id
   */
  private static Optional<String> misnamed(List<Line> lines, Map<String, String> names) {
    return lines.stream()
        .filter(line -> !names.get(line.containerId()).equals(line.containerName()))
        .findFirst()
        .map(
            line ->
                "a line of %s is stored %s"
                    .formatted(
                        names.get(line.containerId()),
                        line.containerName().isEmpty()
                            ? "without its container.name"
                            : "with the container.name " + line.containerName()));
  }

  /**
   * Where of all the spans that a service's lines say they were written in, in traces in which it
   * has spans, there is none.
   */
  private Optional<String> inNoSpan(String service, List<Line> evidence) {
    Optional<Line> wrong = Optional.empty();
    for (Line line : evidence) {
      if (line.service().equals(service) && !line.spanId().isEmpty()) {
        Set<String> spans = asked(() -> traces.idsOf(service, line.traceId()));
        if (spans.contains(line.spanId())) {
          return Optional.empty();
        }
        wrong = spans.isEmpty() ? wrong : Optional.of(line);
      }
    }
    return wrong.map(
        line ->
            "the lines of %s name spans that it has not made, such as %s in trace %s"
                .formatted(service, line.spanId(), line.traceId()));
  }

  /** What the trace store knows by now; nothing where it does not answer. */
  private static Set<String> asked(Supplier<Set<String>> question) {
    try {
      return question.get();
    } catch (BackendException | NotRunningException | NotPartOfPlatformException e) {
      return new TreeSet<>(); // the checks of traces tell that
    }
  }

  private static Finding with(List<String> faults, Finding finding) {
    Finding with = finding;
    for (String fault : faults) {
      if (!fault.equals(finding.observed())) {
        with = with.detail(fault);
      }
    }
    return with;
  }

  @Override
  public Finding explain(Finding found) {
    String trace = evidenced.walk().traceIds().get(evidenced.walk().traceIds().size() - 1);
    LineHops hops = new LineHops(logs.engine(), addresses, stored, flow);
    Finding linked = found;
    Optional<String> page = hops.page(trace);
    if (page.isPresent()) {
      linked = linked.link(page.get());
    }
    linked = linked.link("platform logs --trace " + trace);
    if (notWritten.isPresent()) {
      return linked.on(Way.none().broken("written", notWritten.get()));
    }
    if (altered.isPresent()) {
      return linked.on(
          Way.none()
              .reached("written", "the engine's log holds every line")
              .reached("collected", "every line arrived")
              .broken("accepted", altered.get()));
    }
    Written of = written(faulty.orElse(expected.each().get(0)));
    return of.containers().isEmpty() ? linked : linked.on(hops.of(of));
  }

  private Written written(String service) {
    return written.computeIfAbsent(
        service, s -> new Written(logs, addresses.running(s), evidenced));
  }
}
