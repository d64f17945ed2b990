package dev.platformkit.command;

import dev.platformkit.engine.DockerEngine;
import dev.platformkit.engine.Engine;
import dev.platformkit.problem.Nearest;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.Platform;
import dev.platformkit.project.PlatformLock;
import dev.platformkit.project.Project;
import dev.platformkit.terminal.Console;
import dev.platformkit.verify.Evidence;
import dev.platformkit.verify.journey.Journey;
import dev.platformkit.verify.journey.JourneyReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proves that the running platform does what it is for. */
@Command(
    name = "verify",
    description = {
      "Proves the running platform, naming the first hop that is broken.",
      "Goes every journey, and follows what it left behind through traces, logs, metrics and",
      "alerts. Keeps the evidence under .platform/NAME/verify.",
      "",
      "With --target FILE it proves a platform that runs elsewhere, without any engine: the same",
      "journeys, with backends that are only read. What needs the engine is told as left out.",
      "The file says where everything is; secrets stand in files or variables that it names:",
      "",
      "  name: staging",
      "  services:",
      "    api-gateway: { url: https://shop.example }",
      "  backends:",
      "    jaeger: { url: https://traces.example, ca: ca.pem, bearer_token_file: jaeger.token }",
      "    prometheus:",
      "      url: https://metrics.example",
      "      basic_auth: { username: verify, password_env: METRICS_PASSWORD }",
      "      headers: { X-Scope-OrgID: team-a }",
      "    elasticsearch: { url: https://logs.example, index: filebeat-* }",
      "    consul: { url: https://consul.example, token_file: consul.token }"
    },
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  @Mixin private GlobalOptions global;
  @Mixin private OutputOptions output;
  @ArgGroup private VerifyViews views = new VerifyViews();

  @Option(
      names = "--journey",
      paramLabel = "JOURNEY",
      description = "Go only this journey; may be repeated. All by default.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--require",
      paramLabel = "STACK",
      split = ",",
      description = {
        "Fail when something of this stack is left out; may be repeated. With a target file also",
        "a backend: that the file names it."
      })
  private Set<String> required = new HashSet<>();

  @Option(
      names = "--target",
      paramLabel = "SERVICE=URL|FILE",
      description = {
        "SERVICE=URL: send the requests of journeys to this service there; may be repeated.",
        "FILE: the target file of a platform that runs elsewhere."
      })
  private List<String> targets = new ArrayList<>();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "Judge by what was seen until then; ${DEFAULT-VALUE} by default.")
  private int timeout;

  @Override
  public Integer call() {
    Console console = global.console();
    if (views.isOfKeptRuns()) {
      return views.show(console, output, new KeptRuns(global.platform()));
    }
    views.refuseForm(output);
    Project project = global.project();
    Targets given = Targets.of(targets);
    List<Journey> journeys = journeys(project);
    if (timeout < 1) {
      throw Problem.usage("--timeout " + timeout + " is not a number of seconds from 1");
    }
    if (given.file().isPresent()) {
      return elsewhere(console, project, given, journeys);
    }
    Platform platform = global.platform(project);
    refuseUnknown(project.stacks());
    Verification verification = new Verification(console, project, platform);
    try (Engine engine = DockerEngine.connect()) {
      verification.assembly();
      return views.run(
          console,
          output,
          verification.runs(),
          () -> locked(platform, verification, engine, journeys, given.urls()));
    }
  }

  private int elsewhere(Console console, Project project, Targets given, List<Journey> journeys) {
    if (global.named()) {
      throw Problem.usage("--name is for a platform of this machine; a target file has its own");
    }
    Elsewhere elsewhere = new Elsewhere(project, given.file().orElseThrow());
    refuseUnknown(elsewhere.requirable());
    Verification verification =
        new Verification(console, project, project.platform(elsewhere.name()));
    return views.run(
        console,
        output,
        verification.runs(),
        () ->
            verification.run(
                elsewhere.site(journeys, given.urls(), required),
                journeys,
                Duration.ofSeconds(timeout)));
  }

  private Evidence locked(
      Platform platform,
      Verification verification,
      Engine engine,
      List<Journey> journeys,
      Map<String, String> urls) {
    PlatformLock lock = PlatformLock.take(platform, "platform verify");
    try {
      return verification.run(engine, journeys, required, urls, Duration.ofSeconds(timeout));
    } finally {
      lock.close();
    }
  }

  private List<Journey> journeys(Project project) {
    List<Journey> all =
        JourneyReader.readAll(project.root(), project.root().resolve(Verification.JOURNEYS));
    List<String> known = all.stream().map(Journey::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw unknown("journey", name, known);
      }
    }
    return all.stream().filter(j -> names.isEmpty() || names.contains(j.name())).toList();
  }

  private void refuseUnknown(List<String> requirable) {
    for (String stack : required) {
      if (!requirable.contains(stack)) {
        throw unknown("stack", stack, requirable);
      }
    }
  }

  private static Problem unknown(String what, String name, List<String> known) {
    Problem problem = Problem.usage("there is no %s \"%s\"".formatted(what, name));
    return Nearest.of(name, known)
        .map(near -> problem.detail("did you mean \"" + near + "\"?"))
        .orElse(problem)
        .detail("there is: " + String.join(", ", known));
  }
}
