package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Way;
import dev.platformkit.verify.flow.Course;
import dev.platformkit.verify.flow.SpanCounts;
import dev.platformkit.verify.flow.SpanFlow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * No span got lost between the services and the trace store during the run, and none doubled, by
 * everybody's own counters: what ended was exported, and what the collector accepted it has stored.
 *
 * <p>Counters are read while traffic goes on, so some spans are always under way. What was lost
 * never leaves that number again: it is held against the number at the run's start, and against by
 * how much it goes up and down by itself.
 */
final class SpansProbe implements Probe {
  private final Course course;
  private final Map<String, Held> seen = new HashMap<>();

  SpansProbe(Course course) {
    this.course = requireNonNull(course, "course is null");
  }

  /** How many spans were seen under way after the journeys. */
  private record Held(double least, double most) {
    Held and(double now) {
      return new Held(Math.min(least, now), Math.max(most, now));
    }

    /** Whether no more are missing than were under way at the start, give or take its swing. */
    boolean asAtFirst(double start) {
      return least <= start + (most - least);
    }
  }

  @Override
  public String id() {
    return "traces/shipped";
  }

  @Override
  public String subject() {
    return SpanFlow.COLLECTOR;
  }

  @Override
  public String expected() {
    return "every span that ended during the journeys exported, accepted and stored";
  }

  @Override
  public boolean afterJourneys() {
    return true;
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(8);
  }

  @Override
  public Finding look() {
    SpanFlow flow = course.spans();
    SpanFlow.Snapshot now = flow.now();
    if (flow.start().collector().isEmpty() || now.collector().isEmpty()) {
      return Finding.unknown("%s does not tell what it accepted".formatted(SpanFlow.COLLECTOR));
    }
    Set<String> restarted = flow.restarted(now);
    if (restarted.contains(SpanFlow.COLLECTOR)) {
      return Finding.fail(SpanFlow.COLLECTOR + " was started anew during this run");
    }
    if (!restarted.isEmpty()) {
      return Finding.inconclusive("started anew during this run: " + restarted);
    }
    Set<String> silent = new TreeSet<>(flow.start().services().keySet());
    silent.removeAll(now.services().keySet());
    return silent.isEmpty()
        ? compare(flow, now)
        : Finding.unknown("no answer about their spans any more from " + silent);
  }

  private Finding compare(SpanFlow flow, SpanFlow.Snapshot now) {
    List<String> held = new ArrayList<>();
    List<String> dropped = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    double ended = 0;
    double exported = 0;
    for (String service : new TreeSet<>(now.services().keySet())) {
      Optional<SpanCounts> since = flow.since(service, now);
      if (since.isEmpty()) {
        continue; // it began to tell during the run
      }
      SpanCounts counts = since.get();
      ended += counts.in();
      exported += counts.out() + counts.failed();
      String counted =
          "%s exported %.0f of %.0f spans".formatted(service, counts.out(), counts.in());
      if (counts.dropped() > 0) {
        dropped.add(counted + ", and dropped %.0f".formatted(counts.dropped()));
      }
      SpanCounts start = flow.start().services().get(service);
      boolean lost = counts.failed() > Math.max(0, start.held()); // else perhaps of before the run
      if (lost) {
        failed.add(counted + ", %.0f did not arrive".formatted(counts.failed()));
      }
      boolean kept = isAsAtFirst(service, start, counts);
      if (!lost && counts.dropped() == 0 && (!kept || isDoubled(start, counts))) {
        held.add(counted);
      }
    }
    SpanCounts collector = flow.collectorSince(now).orElseThrow();
    boolean forGood =
        !dropped.isEmpty() || !failed.isEmpty() || collector.lost() > 0 || collector.refused() > 0;
    List<String> notExported = forGood ? dropped : held; // what is held may still come
    Way way =
        Way.none()
            .reached("created", "%.0f spans ended since the run began".formatted(ended))
            .hop(
                "exported",
                notExported.isEmpty(),
                notExported.isEmpty()
                    ? "%.0f sent".formatted(exported)
                    : String.join("; ", notExported))
            .hop(
                "received",
                collector.refused() == 0 && failed.isEmpty(),
                failed.isEmpty()
                    ? "%.0f accepted, %.0f refused".formatted(collector.in(), collector.refused())
                    : String.join("; ", failed));
    String stored = "%.0f of %.0f stored".formatted(collector.out(), collector.in());
    SpanCounts start = flow.start().collector().orElseThrow();
    boolean kept =
        isAsAtFirst(SpanFlow.COLLECTOR, start, collector) && !isDoubled(start, collector);
    if (collector.lost() > 0) {
      stored += ", %.0f lost".formatted(collector.lost());
    }
    way = way.hop("stored", collector.lost() == 0 && kept, stored);
    if (way.broken().isEmpty()) {
      return Finding.pass("%.0f stored, none lost".formatted(collector.out())).on(way);
    }
    String observed =
        way.hops().stream()
            .filter(hop -> hop.state() == Way.State.BROKEN)
            .findFirst()
            .orElseThrow()
            .observed();
    return (forGood ? Finding.fail(observed) : Finding.missing(observed)).on(way);
  }

  /** Whether more went out than can have come in, counted a moment apart as they are. */
  private static boolean isDoubled(SpanCounts start, SpanCounts since) {
    return since.out() > since.in() + Math.max(0, start.held()) + 5 + since.in() / 20;
  }

  private boolean isAsAtFirst(String who, SpanCounts start, SpanCounts since) {
    double now = start.held() + since.held();
    Held all = seen.merge(who, new Held(now, now), (known, one) -> known.and(now));
    return all.asAtFirst(start.held());
  }
}
