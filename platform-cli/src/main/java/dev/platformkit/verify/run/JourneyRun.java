package dev.platformkit.verify.run;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.BackendException;
import dev.platformkit.backend.ConsulKv;
import dev.platformkit.backend.Prometheus;
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
import dev.platformkit.verify.journey.Walk;
import dev.platformkit.verify.journey.Walker;
import dev.platformkit.verify.proof.AbsentProof;
import dev.platformkit.verify.proof.AbsentStored;
import dev.platformkit.verify.proof.Baseline;
import dev.platformkit.verify.proof.EngineLogs;
import dev.platformkit.verify.proof.Evidenced;
import dev.platformkit.verify.proof.LogsFound;
import dev.platformkit.verify.proof.LogsProof;
import dev.platformkit.verify.proof.RiseProof;
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
import java.util.Set;

/** One journey in a round: gone, perhaps gone again as a part of the sentinel, and judged. */
final class JourneyRun {
  private static final Duration FIRST_SCRAPE = Duration.ofSeconds(15);

  private final Journey journey;
  private final Course course;
  private final Site site;
  private final Addresses addresses;
  private final Judge judge;
  private final Tasks tasks;
  private Map<Proof.Metric, Baseline> baselines = Map.of();
  private Optional<Walk> walk = Optional.empty();
  private Optional<Walk> again = Optional.empty();

  /** Why it could not be gone at all. */
  private Optional<Finding> notGone = Optional.empty();

  JourneyRun(Journey journey, Course course, Site site, Judge judge, Tasks tasks) {
    this.journey = requireNonNull(journey, "journey is null");
    this.course = requireNonNull(course, "course is null");
    this.site = requireNonNull(site, "site is null");
    this.addresses = site.addresses();
    this.judge = requireNonNull(judge, "judge is null");
    this.tasks = requireNonNull(tasks, "tasks is null");
  }

  /** What a journey came to. */
  record Result(JourneyEvidence evidence, List<Check> checks) {
    Result {
      checks = List.copyOf(checks);
    }
  }

  Journey journey() {
    return journey;
  }

  /** Reads the samples before it. */
  JourneyRun prepare() throws InterruptedException {
    List<Proof.Metric> metrics = journey.proof().metrics();
    List<Baseline> read =
        tasks.all(metrics.stream().map(metric -> tasks.task(() -> baseline(metric))).toList());
    Map<Proof.Metric, Baseline> all = new HashMap<>();
    for (int i = 0; i < metrics.size(); i++) {
      all.put(metrics.get(i), read.get(i));
    }
    baselines = all;
    return this;
  }

  /**
   * Goes it.
   *
   * @param echoed the names of steps that are sent many times
   */
  void go(Set<String> echoed) {
    walk = walk("a", echoed);
  }

  /** As it was gone; empty where it could not be. */
  Optional<Walk> walk() {
    return walk;
  }

  /** Whether it came to its end. */
  boolean isGone() {
    return walk.map(Walk::complete).orElse(false);
  }

  /** Goes it once more; empty where it did not come to its end again. */
  Optional<Walk> again() {
    again = walk("b", Set.of());
    return again.filter(Walk::complete);
  }

  private Optional<Walk> walk(String pass, Set<String> echoed) {
    try {
      Walker walker = new Walker(addresses.target(journey.target()));
      Optional<TakenSettings> settings = settings();
      try {
        String secret = Ids.secret();
        site.redaction().add(secret);
        String unique = "verify-" + course.nonce() + "-" + journey.name() + "-" + pass;
        Walk gone = walker.walk(journey, unique, secret, echoed);
        redact(gone.values());
        return Optional.of(gone);
      } finally {
        settings.ifPresent(TakenSettings::close);
      }
    } catch (TakenSettings.NotTakenException | OutOfReachException e) {
      notGone = Optional.of(Finding.inconclusive(e.getMessage()));
    } catch (BackendException e) {
      notGone = Optional.of(Finding.fail(e.getMessage()));
    } catch (NotPartOfPlatformException e) {
      notGone = Optional.of(Finding.skip(e.getMessage()));
    } catch (NotRunningException e) {
      notGone = Optional.of(Finding.fail(e.getMessage()).link("platform logs " + journey.target()));
    }
    return Optional.empty();
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

  private void redact(Map<String, String> values) {
    values.forEach(
        (name, value) -> {
          if (name.matches("(?i).*(token|secret|password|key).*")) {
            site.redaction().add(value);
          }
        });
  }

  /**
   * Judges it, waiting for what is to come.
   *
   * @param sources where to look
   */
  Result judged(Sources sources) throws InterruptedException {
    Finding steps = notGone.orElseGet(this::answered);
    List<Check> checks = new ArrayList<>();
    checks.add(judge.judge(new Settled("journey/steps", journey.name(), expected(), steps)));
    Exhibits exhibits = Exhibits.none();
    if (steps.verdict() == Verdict.PASS) {
      Evidenced evidenced = new Evidenced(walk.orElseThrow(), sources.sentinel());
      checks.addAll(prove(evidenced, sources));
      exhibits = evidenced.seen().exhibits();
    } else {
      checks.addAll(unproven(steps.verdict()));
    }
    return new Result(
        new JourneyEvidence(
            journey.name(),
            Verdict.of(checks.stream().map(Check::verdict).toList()),
            walk.flatMap(this::mainTrace).orElse(""),
            walk.map(Walk::took).orElse(Duration.ZERO),
            walk.map(Walk::steps).orElse(List.of()),
            exhibits),
        checks);
  }

  private Finding answered() {
    Walk gone = walk.orElseThrow();
    return bad(gone, "")
        .or(() -> again.flatMap(walked -> bad(walked, " when gone again as the sentinel")))
        .orElseGet(
            () ->
                Finding.pass(
                    "%d steps %d ms".formatted(gone.steps().size(), gone.took().toMillis())));
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

  private List<Check> prove(Evidenced evidenced, Sources sources) throws InterruptedException {
    Proof proof = journey.proof();
    List<Probe> probes = new ArrayList<>();
    for (Proof.TraceOf trace : proof.everyTrace(journey.steps())) {
      probes.add(new TraceProof(evidenced, trace, sources.traces(), course.spans()));
    }
    probes.addAll(logs(new Stored(evidenced, sources.lines()), sources));
    for (Proof.Metric metric : proof.metrics()) {
      probes.add(
          new RiseProof(
              evidenced,
              metric,
              baselines.get(metric),
              sources.scrapes(),
              sources.sent(),
              addresses));
    }
    return tasks.all(
        probes.stream().map(probe -> tasks.task(() -> judge.judge(site.paced(probe)))).toList());
  }

  /** What is proven of log lines, against the engine's own logs where there is an engine. */
  private List<Probe> logs(Stored stored, Sources sources) {
    Proof proof = journey.proof();
    Traces traces = sources.traces();
    List<Probe> probes = new ArrayList<>();
    List<String> services = proof.logs().map(Proof.Logs::each).orElse(List.of(journey.target()));
    if (sources.logs().isEmpty()) {
      proof.logs().ifPresent(logs -> probes.add(new LogsFound(stored, logs, traces)));
      proof.logs().ifPresent(logs -> probes.add(exactLeftOut()));
      proof
          .absent()
          .forEach(absent -> probes.add(new AbsentStored(stored, absent, services, traces)));
      return probes;
    }
    EngineLogs engine = sources.logs().get();
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
