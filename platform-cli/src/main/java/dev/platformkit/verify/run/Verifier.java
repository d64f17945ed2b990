package dev.platformkit.verify.run;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.HttpServer;
import dev.platformkit.engine.Container;
import dev.platformkit.engine.Container.State;
import dev.platformkit.engine.Engine;
import dev.platformkit.lifecycle.LoadedContent;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.Platform;
import dev.platformkit.stack.Stack;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Check;
import dev.platformkit.verify.Deadline;
import dev.platformkit.verify.Evidence;
import dev.platformkit.verify.Evidence.JourneyEvidence;
import dev.platformkit.verify.Judge;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Redaction;
import dev.platformkit.verify.Verdict;
import dev.platformkit.verify.journey.Ids;
import dev.platformkit.verify.journey.Journey;
import dev.platformkit.verify.journey.Turns;
import dev.platformkit.verify.platform.PlatformProbes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Judges a running platform: its journeys and its own checks, all side by side. */
public final class Verifier {
  private final Engine engine;
  private final Consumer<Check> progress;

  /**
   * A verifier.
   *
   * @param progress told of each check when it is judged, by several threads
   */
  public Verifier(Engine engine, Consumer<Check> progress) {
    this.engine = requireNonNull(engine, "engine is null");
    this.progress = requireNonNull(progress, "progress is null");
  }

  /**
   * What is to be judged.
   *
   * @param content what was remembered of who has read which file
   * @param chosen the stacks that the platform was brought up with
   * @param notChosen the names of the project's other stacks
   * @param required the stacks that must not be left out
   * @param targets URLs given by hand, by service
   * @param timeout after which what is not settled is judged by what was seen
   */
  public record Order(
      Platform platform,
      LoadedContent content,
      List<Stack> chosen,
      List<String> notChosen,
      List<Journey> journeys,
      Set<String> required,
      Map<String, String> targets,
      Duration timeout) {
    public Order {
      requireNonNull(platform, "platform is null");
      requireNonNull(content, "content is null");
      chosen = List.copyOf(chosen);
      notChosen = List.copyOf(notChosen);
      journeys = List.copyOf(journeys);
      required = Set.copyOf(required);
      targets = Map.copyOf(targets);
      requireNonNull(timeout, "timeout is null");
    }
  }

  /**
   * Judges.
   *
   * @throws Problem exit 3 when the platform does not run at all
   */
  public Evidence verify(Order order) throws InterruptedException {
    Instant started = Instant.now();
    long start = System.nanoTime();
    List<Container> containers = engine.containers(order.platform().name());
    if (containers.stream()
        .noneMatch(c -> c.state() == State.RUNNING || c.state() == State.PAUSED)) {
      throw Problem.unable("the platform " + order.platform().name() + " does not run")
          .tryCommand("platform up");
    }
    String nonce = Ids.nonce();
    Addresses addresses =
        new Addresses(HttpServer.client(), containers, order.chosen(), order.targets());
    Redaction redaction = Facts.secrets(order.platform());
    Judge judge = new Judge(Deadline.in(order.timeout()), progress);
    AtomicBoolean journeysOver = new AtomicBoolean();
    List<Probe> probes =
        PlatformProbes.all(
            order.platform().root(),
            order.chosen(),
            order.notChosen(),
            order.required(),
            order.content(),
            addresses,
            nonce,
            journeysOver::get);
    List<JourneyEvidence> journeys = new ArrayList<>();
    List<Check> checks = new ArrayList<>();
    try (Tasks tasks = new Tasks(judge)) {
      Turns turns = new Turns();
      List<Future<JourneyRun.Result>> going = new ArrayList<>();
      for (Journey journey : order.journeys()) {
        JourneyRun run =
            new JourneyRun(
                journey, nonce, containers, engine, addresses, redaction, judge, turns, tasks);
        going.add(tasks.task(run::run));
      }
      List<Future<Check>> judged =
          probes.stream().map(probe -> tasks.task(() -> judge.judge(probe))).toList();
      for (JourneyRun.Result result : tasks.all(going)) {
        journeys.add(result.evidence());
        checks.addAll(result.checks());
      }
      journeysOver.set(true);
      checks.addAll(tasks.all(judged));
    }
    checks.replaceAll(redaction::of);
    journeys.replaceAll(redaction::of);
    return new Evidence(
        nonce,
        started,
        Duration.ofNanos(System.nanoTime() - start),
        Verdict.of(checks.stream().map(Check::verdict).toList()),
        Facts.of(order.platform(), containers),
        journeys,
        checks);
  }
}
