package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.BackendException;
import dev.platformkit.backend.Elasticsearch.Line;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.NotPartOfPlatformException;
import dev.platformkit.verify.NotRunningException;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Verdict;
import dev.platformkit.verify.journey.Proof;
import dev.platformkit.verify.journey.StepRun;
import dev.platformkit.verify.journey.Walk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What can be proven of log lines where nobody can read what the containers wrote: each service has
 * stored lines of the journey, none of them twice, as many of each step as it has of the same step
 * of the sentinel, and one at least of each request that it handled by its spans; and where the
 * store keeps a line as it was written, its fields are what that says. Both walks are the same
 * requests, so a line that only one of them has was lost, unless the service did something else the
 * second time, which cannot be told apart from here.
 */
public final class LogsFound implements Probe {
  private final Stored stored;
  private final Evidenced evidenced;
  private final Proof.Logs expected;
  private final Traces traces;

  /**
   * A proof about lines.
   *
   * @param stored of a journey that the sentinel has gone too
   */
  public LogsFound(Stored stored, Proof.Logs expected, Traces traces) {
    this.stored = requireNonNull(stored, "stored is null");
    this.evidenced = stored.evidenced();
    this.expected = requireNonNull(expected, "expected is null");
    this.traces = requireNonNull(traces, "traces is null");
  }

  @Override
  public String id() {
    return "logs/found";
  }

  @Override
  public String subject() {
    return evidenced.journey().name();
  }

  @Override
  public String expected() {
    return "lines of %s stored once, as many as when it was gone again"
        .formatted(String.join(", ", expected.each()));
  }

  @Override
  public Finding look() {
    StoredLines.Snapshot shown = stored.latest();
    Map<String, Integer> walk = perStep(evidenced.walk(), shown);
    Map<String, Integer> sentinel =
        perStep(evidenced.sentinel().of(evidenced.journey()).orElseThrow(), shown);
    List<Line> evidence = shown.of(evidenced.walk().everyTraceId());
    List<Line> own = shown.of(evidenced.ownTraceIds());
    evidenced.seen().stored(shown.of(evidenced.walk().traceIds()));
    Set<String> silent = without(evidence);
    Set<String> late = without(shown.of(evidenced.sentinel().traceIds()));
    List<String> fewer = new ArrayList<>();
    List<String> more = new ArrayList<>();
    Set<String> all = new TreeSet<>(walk.keySet());
    all.addAll(sentinel.keySet());
    for (String each : all) {
      int first = walk.getOrDefault(each, 0);
      int second = sentinel.getOrDefault(each, 0);
      if (first != second) {
        (first < second ? fewer : more)
            .add("%s: %d stored, %d when gone again".formatted(each, first, second));
      }
    }
    String seen = "%d lines, %d services".formatted(evidence.size(), services(evidence));
    List<String> doubled = doubled(own);
    if (!doubled.isEmpty()) {
      return told(Finding.fail(seen + ", " + doubled.size() + " stored more than once"), doubled);
    }
    Optional<String> altered =
        StoredLines.altered(
            evidence.stream().filter(line -> expected.each().contains(line.service())).toList());
    if (altered.isPresent()) {
      return Finding.fail(seen + "; " + altered.get());
    }
    boolean nothing = evidence.isEmpty() && late.size() == expected.each().size();
    if (nothing) {
      return Finding.unknown("no line of this run can be found in " + stored.indices());
    }
    if (!silent.isEmpty()) {
      return told(Finding.missing(seen + ", none of " + String.join(", ", silent)), fewer);
    }
    if (!fewer.isEmpty()) {
      return told(Finding.missing(seen + ", fewer than when gone again"), fewer);
    }
    if (!late.isEmpty()) {
      return Finding.unknown(seen + "; lines written later have not arrived of " + late);
    }
    if (!more.isEmpty()) {
      return told(Finding.unknown(seen + ", more than when gone again"), more);
    }
    List<String> unheard = unheard(own);
    return unheard.isEmpty()
        ? Finding.pass(seen)
        : told(Finding.missing(seen + ", not of every request"), unheard);
  }

  /** The requests that a service handled, by its spans, and of which it has no line. */
  private List<String> unheard(List<Line> lines) {
    List<String> unheard = new ArrayList<>();
    for (String service : expected.each()) {
      Set<String> handled;
      try {
        handled = traces.handledBy(service, evidenced.ownTraceIds());
      } catch (BackendException | NotRunningException | NotPartOfPlatformException e) {
        return List.of(); // the checks of traces tell that
      }
      int all = handled.size();
      lines.stream()
          .filter(line -> line.service().equals(service))
          .map(Line::traceId)
          .forEach(handled::remove);
      if (!handled.isEmpty()) {
        unheard.add(
            "%s handled %d requests, no line is stored of %d of them, such as %s"
                .formatted(service, all, handled.size(), handled.iterator().next()));
      }
    }
    return unheard;
  }

  private static Finding told(Finding finding, List<String> details) {
    Finding with = finding;
    for (String detail : details) {
      with = with.detail(detail);
    }
    return with;
  }

  /** How many lines each service of the proof has of each step. */
  private Map<String, Integer> perStep(Walk walk, StoredLines.Snapshot shown) {
    Map<String, String> steps = new HashMap<>();
    for (StepRun step : walk.steps()) {
      steps.put(step.traceId(), step.name());
    }
    Map<String, Integer> count = new TreeMap<>();
    for (Line line : shown.of(walk.traceIds())) {
      if (expected.each().contains(line.service())) {
        count.merge("step " + steps.get(line.traceId()) + ", " + line.service(), 1, Integer::sum);
      }
    }
    return count;
  }

  private Set<String> without(List<Line> lines) {
    Set<String> without = new TreeSet<>(expected.each());
    lines.forEach(line -> without.remove(line.service()));
    return without;
  }

  private static long services(List<Line> lines) {
    return lines.stream().map(Line::service).distinct().count();
  }

  private static List<String> doubled(List<Line> lines) {
    Set<String> seen = new HashSet<>();
    return lines.stream()
        .filter(line -> !seen.add(line.mark()))
        .map(line -> "twice, of %s: %s".formatted(line.service(), Tally.shortened(line.original())))
        .toList();
  }

  @Override
  public Finding explain(Finding found) {
    String trace = evidenced.walk().traceIds().get(evidenced.walk().traceIds().size() - 1);
    Finding linked = found.link(stored.store().page(trace));
    if (found.verdict() != Verdict.FAIL) {
      return linked;
    }
    List<String> refusals = stored.store().refusalsOf(evidenced.walk().traceIds());
    return refusals.isEmpty()
        ? linked
        : linked.detail(
            "Elasticsearch refused %d of its lines: %s"
                .formatted(refusals.size(), refusals.get(0)));
  }
}
