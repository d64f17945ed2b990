package dev.platformkit.verify.run;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.BackendException;
import dev.platformkit.backend.ConsulKv;
import dev.platformkit.backend.Prometheus;
import dev.platformkit.engine.Engine;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Check;
import dev.platformkit.verify.Evidence.JourneyEvidence;
import dev.platformkit.verify.Exhibits;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Judge;
import dev.platformkit.verify.NotPartOfPlatformException;
import dev.platformkit.verify.NotRunningException;
import dev.platformkit.verify.OutOfReachException;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Settled;
import dev.platformkit.verify.Verdict;
import dev.platformkit.verify.flow.Course;
import dev.platformkit.verify.journey.Ids;
import dev.platformkit.verify.journey.Journey;
import dev.platformkit.verify.journey.Proof;
import dev.platformkit.verify.journey.StepRun;
import dev.platformkit.verify.journey.Template;
import dev.platformkit.verify.journey.Turns;
import dev.platformkit.verify.journey.Walk;
import dev.platformkit.verify.journey.Walker;
import dev.platformkit.verify.proof.AbsentProof;
import dev.platformkit.verify.proof.AbsentStored;
import dev.platformkit.verify.proof.Baseline;
import dev.platformkit.verify.proof.Evidenced;
import dev.platformkit.verify.proof.LogsFound;
import dev.platformkit.verify.proof.LogsProof;
import dev.platformkit.verify.proof.RiseProof;
import dev.platformkit.verify.proof.Scrapes;
import dev.platformkit.verify.proof.Stored;
import dev.platformkit.verify.proof.TraceProof;
import dev.platformkit.verify.proof.Traces;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;

/**
 * One journey, judged: the samples before it are read, it is gone, gone once more as the sentinel,
 * and its proofs are awaited side by side.
 */
final class JourneyRun {
  private static final Duration FIRST_SCRAPE = Duration.ofSeconds(15);

  private final Journey journey;
  private final Course course;
  private final Site site;
  private final Addresses addresses;
  private final Judge judge;
  private final Turns turns;
  private final Lock walking;
  private final Tasks tasks;

  /**
   * A run of one journey.
   *
   * @param turns keeps journeys apart that declare the same series
   * @param walking lets one journey be gone at a time; their proofs are awaited side by side
   */
  JourneyRun(
      Journey journey,
      Course course,
      Site site,
      Judge judge,
      Turns turns,
      Lock walking,
      Tasks tasks) {
    this.journey = requireNonNull(journey, "journey is null");
    this.course = requireNonNull(course, "course is null");
    this.site = requireNonNull(site, "site is null");
    this.addresses = site.addresses();
    this.judge = requireNonNull(judge, "judge is null");
    this.turns = requireNonNull(turns, "turns is null");
    this.walking = requireNonNull(walking, "walking is null");
    this.tasks = requireNonNull(tasks, "tasks is null");
  }

  /** What a journey came to. */
  record Result(JourneyEvidence evidence, List<Check> checks) {
    Result {
      checks = List.copyOf(checks);
    }
  }

  Result run() throws InterruptedException {
    List<Proof.Metric> metrics = journey.proof().metrics();
    return turns.during(
        metrics.stream().map(Proof.Metric::selector).toList(), () -> judged(metrics));
  }

  private Result judged(List<Proof.Metric> metrics) throws InterruptedException {
    Map<Proof.Metric, Baseline> baselines = baselines(metrics);
    Optional<Walk> walk = Optional.empty();
    Optional<Walk> sentinel = Optional.empty();
    Finding steps;
    walking.lockInterruptibly();
    try {
      Walker walker = new Walker(addresses.target(journey.target()));
      Optional<TakenSettings> settings = settings();
      try {
        Walk first = walk("a", walker::echoing);
        walk = Optional.of(first);
        if (first.complete()) {
          sentinel = Optional.of(walk("b", walker::walk));
        }
        steps = judge(first, sentinel);
      } finally {
        settings.ifPresent(TakenSettings::close);
      }
    } catch (TakenSettings.NotTakenException e) {
      steps = Finding.inconclusive(e.getMessage());
    } catch (BackendException e) {
      steps = Finding.fail(e.getMessage());
    } catch (NotPartOfPlatformException e) {
      steps = Finding.skip(e.getMessage());
    } catch (OutOfReachException e) {
      steps = Finding.inconclusive(e.getMessage());
    } catch (NotRunningException e) {
      steps = Finding.fail(e.getMessage()).link("platform logs " + journey.target());
    } finally {
      walking.unlock();
    }
    List<Check> checks = new ArrayList<>();
    checks.add(judge.judge(new Settled("journey/steps", journey.name(), expected(), steps)));
    Exhibits exhibits = Exhibits.none();
    if (walk.isPresent() && sentinel.map(Walk::complete).orElse(false)) {
      Evidenced evidenced = new Evidenced(walk.get(), sentinel.get());
      checks.addAll(prove(evidenced, baselines));
      exhibits = evidenced.seen().exhibits();
    } else {
      checks.addAll(unproven(steps.verdict()));
    }
    Duration took = walk.map(Walk::took).orElse(Duration.ZERO);
    return new Result(
        new JourneyEvidence(
            journey.name(),
            Verdict.of(checks.stream().map(Check::verdict).toList()),
            walk.flatMap(this::mainTrace).orElse(""),
            took,
            walk.map(Walk::steps).orElse(List.of()),
            exhibits),
        checks);
  }

  /** What services follow meanwhile; a platform that runs elsewhere is only read from. */
  private Optional<TakenSettings> settings() throws TakenSettings.NotTakenException {
    if (journey.settings().isEmpty()) {
      return Optional.empty();
    }
    if (site.engine().isEmpty()) {
      throw new NotPartOfPlatformException(
          "consul", "would have to be written to, and what runs elsewhere is only read from");
    }
    ConsulKv kv = new ConsulKv(addresses.server("consul", 8500));
    return Optional.of(TakenSettings.write(kv, journey.settings()));
  }

  /** Goes a journey with a name and a secret. */
  @FunctionalInterface
  private interface Manner {
    Walk go(Journey journey, String unique, String secret);
  }

  private Walk walk(String pass, Manner manner) {
    String secret = Ids.secret();
    site.redaction().add(secret);
    Walk walk =
        manner.go(journey, "verify-" + course.nonce() + "-" + journey.name() + "-" + pass, secret);
    walk.values()
        .forEach(
            (name, value) -> {
              if (name.matches("(?i).*(token|secret|password|key).*")) {
                site.redaction().add(value);
              }
            });
    return walk;
  }

  private Finding judge(Walk walk, Optional<Walk> sentinel) {
    Optional<Finding> bad =
        bad(walk, "").or(() -> sentinel.flatMap(s -> bad(s, " when gone again as the sentinel")));
    if (bad.isPresent()) {
      return bad.get();
    }
    return Finding.pass("%d steps %d ms".formatted(walk.steps().size(), walk.took().toMillis()));
  }

  private static Optional<Finding> bad(Walk walk, String when) {
    return walk.requests()
        .filter(step -> !step.good())
        .findFirst()
        .map(
            step ->
                Finding.fail(
                        "step %s (%s)%s: expected %s, got %s"
                            .formatted(
                                step.name(),
                                step.request(),
                                walk.echoes().contains(step) ? ", sent again" : when,
                                step.expected(),
                                step.observed()))
                    .link("platform logs --trace " + step.traceId()));
  }

  private String expected() {
    return "%d steps answered as expected (%s)".formatted(journey.steps().size(), journey.file());
  }

  private Optional<String> mainTrace(Walk walk) {
    return journey.proof().traces().stream()
        .flatMap(trace -> walk.step(trace.step()).stream())
        .map(StepRun::traceId)
        .findFirst()
        .or(() -> walk.traceIds().stream().reduce((first, second) -> second));
  }

  private List<Check> prove(Evidenced evidenced, Map<Proof.Metric, Baseline> baselines)
      throws InterruptedException {
    Proof proof = journey.proof();
    List<Probe> probes = new ArrayList<>();
    Stored stored = new Stored(evidenced, addresses);
    Traces traces = new Traces(addresses);
    Scrapes scrapes =
        new Scrapes(
            addresses,
            proof.metrics().stream().flatMap(metric -> metric.job().stream()).toList(),
            evidenced.walk().start());
    for (Proof.TraceOf trace : proof.everyTrace(journey.steps())) {
      probes.add(new TraceProof(evidenced, trace, traces, course.spans()));
    }
    probes.addAll(logs(stored, traces));
    proof
        .metrics()
        .forEach(
            metric ->
                probes.add(
                    new RiseProof(evidenced, metric, baselines.get(metric), scrapes, addresses)));
    return tasks.all(
        probes.stream().map(probe -> tasks.task(() -> judge.judge(site.paced(probe)))).toList());
  }

  /** What is proven of log lines, against the engine's own logs where there is an engine. */
  private List<Probe> logs(Stored stored, Traces traces) {
    Proof proof = journey.proof();
    List<Probe> probes = new ArrayList<>();
    List<String> services = proof.logs().map(Proof.Logs::each).orElse(List.of(journey.target()));
    if (site.engine().isEmpty()) {
      proof.logs().ifPresent(logs -> probes.add(new LogsFound(stored, logs, traces)));
      proof.logs().ifPresent(logs -> probes.add(exactLeftOut()));
      proof
          .absent()
          .forEach(absent -> probes.add(new AbsentStored(stored, absent, services, traces)));
      return probes;
    }
    Engine engine = site.engine().get();
    proof
        .logs()
        .ifPresent(
            logs ->
                probes.add(new LogsProof(stored, logs, engine, addresses, traces, course.lines())));
    for (Template absent : proof.absent()) {
      probes.add(
          new AbsentProof(
              stored,
              absent,
              engine,
              addresses,
              site.containers(),
              services,
              traces,
              course.spans()));
    }
    return probes;
  }

  private Probe exactLeftOut() {
    return new Settled(
        "logs/exact",
        journey.name(),
        "every line stored as it was written",
        Finding.skip("what was written stands in the engine's own logs, out of reach from here"));
  }

  /** The same checks where nothing could be judged, so that none is silently gone. */
  private List<Check> unproven(Verdict steps) {
    Finding finding =
        steps == Verdict.SKIP
            ? Finding.skip("its journey was left out")
            : Finding.inconclusive("not judged: the journey did not come to its end");
    Proof proof = journey.proof();
    List<Check> checks = new ArrayList<>();
    proof.everyTrace(journey.steps()).forEach(t -> checks.add(unproven("trace/complete", finding)));
    String logs = site.engine().isPresent() ? "logs/exact" : "logs/found";
    proof.logs().ifPresent(l -> checks.add(unproven(logs, finding)));
    proof.metrics().forEach(m -> checks.add(unproven("metrics/rise", finding)));
    proof.absent().forEach(a -> checks.add(unproven("logs/absent", finding)));
    return checks;
  }

  private Check unproven(String id, Finding finding) {
    return judge.judge(new Settled(id, journey.name(), "proof of " + journey.name(), finding));
  }

  private Map<Proof.Metric, Baseline> baselines(List<Proof.Metric> metrics)
      throws InterruptedException {
    List<Baseline> read =
        tasks.all(metrics.stream().map(metric -> tasks.task(() -> baseline(metric))).toList());
    Map<Proof.Metric, Baseline> baselines = new HashMap<>();
    for (int i = 0; i < metrics.size(); i++) {
      baselines.put(metrics.get(i), read.get(i));
    }
    return baselines;
  }

  /**
   * A platform that has just come up, or whose Prometheus has just read its files again, is scraped
   * within an interval after Prometheus told its scrapers, which it does every five seconds.
   */
  private Baseline baseline(Proof.Metric metric) {
    Prometheus prometheus;
    try {
      prometheus = new Prometheus(addresses.server("prometheus", 9090));
    } catch (NotRunningException | NotPartOfPlatformException e) {
      return Baseline.none(e.getMessage());
    }
    return judge.await(
        FIRST_SCRAPE,
        baseline -> baseline.problem().isEmpty(),
        () -> {
          try {
            return Baseline.read(prometheus, metric, started(metric.job().orElseThrow()));
          } catch (BackendException e) {
            return Baseline.none(e.getMessage());
          }
        });
  }

  /** When a service last started; the epoch for a job that is no service of the platform. */
  private Instant started(String service) {
    return addresses.running(service).stream()
        .flatMap(container -> container.started().stream())
        .max(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }
}
