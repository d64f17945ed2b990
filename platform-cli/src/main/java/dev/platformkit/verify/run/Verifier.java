package dev.platformkit.verify.run;

import static java.util.Objects.requireNonNull;

import dev.platformkit.verify.Check;
import dev.platformkit.verify.Deadline;
import dev.platformkit.verify.Evidence;
import dev.platformkit.verify.Evidence.JourneyEvidence;
import dev.platformkit.verify.Judge;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Verdict;
import dev.platformkit.verify.flow.Course;
import dev.platformkit.verify.flow.LineFlow;
import dev.platformkit.verify.flow.SpanFlow;
import dev.platformkit.verify.journey.Ids;
import dev.platformkit.verify.journey.Journey;
import dev.platformkit.verify.journey.Rounds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Judges a running platform: its journeys, its own checks beside them, and afterwards what is about
 * all that the journeys have left behind.
 */
public final class Verifier {
  private final Consumer<Check> progress;

  /**
   * A verifier.
   *
   * @param progress told of each check when it is judged, by several threads
   */
  public Verifier(Consumer<Check> progress) {
    this.progress = requireNonNull(progress, "progress is null");
  }

  /**
   * Judges.
   *
   * @param timeout after which what is not settled is judged by what was seen
   */
  public Evidence verify(Site site, List<Journey> journeys, Duration timeout)
      throws InterruptedException {
    Instant started = Instant.now();
    long start = System.nanoTime();
    String nonce = Ids.nonce();
    Judge judge = new Judge(Deadline.in(timeout), progress);
    List<JourneyRun.Result> results = new ArrayList<>();
    List<Check> checks = new ArrayList<>();
    try (Tasks tasks = new Tasks(judge)) {
      Course course = course(nonce, site, journeys, tasks);
      Map<Boolean, List<Probe>> probes =
          site.probes(course).stream().collect(Collectors.partitioningBy(Probe::afterJourneys));
      List<Future<Check>> judged = new ArrayList<>();
      probes.get(false).forEach(probe -> judged.add(tasks.task(() -> judge.judge(probe))));
      for (List<Journey> round : Rounds.of(journeys)) {
        results.addAll(new Round(round, course, site, judge, tasks).run());
      }
      probes.get(true).forEach(probe -> judged.add(tasks.task(() -> judge.judge(probe))));
      results.forEach(result -> checks.addAll(result.checks()));
      checks.addAll(tasks.all(judged));
    }
    List<JourneyEvidence> gone = new ArrayList<>();
    results.forEach(result -> gone.add(result.evidence()));
    checks.replaceAll(site::told);
    gone.replaceAll(site.redaction()::of);
    return new Evidence(
        nonce,
        started,
        Duration.ofNanos(System.nanoTime() - start),
        Verdict.of(checks.stream().map(Check::verdict).toList()),
        site.subject(),
        gone,
        checks);
  }

  /** Counts what flows from now on. */
  private static Course course(String nonce, Site site, List<Journey> journeys, Tasks tasks)
      throws InterruptedException {
    Set<String> services = new TreeSet<>();
    journeys.forEach(journey -> services.addAll(journey.services()));
    Future<LineFlow> lines = tasks.task(() -> LineFlow.start(site.addresses()));
    SpanFlow spans = SpanFlow.start(site.addresses(), services);
    return new Course(nonce, spans, tasks.all(List.of(lines)).get(0));
  }
}
