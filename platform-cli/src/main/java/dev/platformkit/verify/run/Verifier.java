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
import dev.platformkit.verify.journey.Turns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Judges a running platform: its journeys and its own checks, all side by side. */
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
    AtomicBoolean journeysOver = new AtomicBoolean();
    List<JourneyEvidence> gone = new ArrayList<>();
    List<Check> checks = new ArrayList<>();
    try (Tasks tasks = new Tasks(judge)) {
      Course course = course(nonce, site, journeys, journeysOver::get, tasks);
      List<Probe> probes = site.probes(course);
      Turns turns = new Turns();
      // A proof is no load test: a platform that has just come up is slow when several ask at once.
      Lock walking = new ReentrantLock(true);
      List<Future<JourneyRun.Result>> going = new ArrayList<>();
      for (Journey journey : journeys) {
        JourneyRun run = new JourneyRun(journey, course, site, judge, turns, walking, tasks);
        going.add(tasks.task(run::run));
      }
      List<Future<Check>> judged =
          probes.stream().map(probe -> tasks.task(() -> judge.judge(probe))).toList();
      for (JourneyRun.Result result : tasks.all(going)) {
        gone.add(result.evidence());
        checks.addAll(result.checks());
      }
      journeysOver.set(true);
      checks.addAll(tasks.all(judged));
    }
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
  private static Course course(
      String nonce, Site site, List<Journey> journeys, BooleanSupplier journeysOver, Tasks tasks)
      throws InterruptedException {
    Set<String> services = new TreeSet<>();
    for (Journey journey : journeys) {
      services.add(journey.target());
      journey.proof().traces().forEach(trace -> services.addAll(trace.services()));
      journey.proof().logs().ifPresent(logs -> services.addAll(logs.each()));
    }
    Future<LineFlow> lines = tasks.task(() -> LineFlow.start(site.addresses()));
    SpanFlow spans = SpanFlow.start(site.addresses(), services);
    return new Course(nonce, spans, tasks.all(List.of(lines)).get(0), journeysOver);
  }
}
