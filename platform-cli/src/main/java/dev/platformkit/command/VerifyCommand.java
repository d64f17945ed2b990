package dev.platformkit.command;

import dev.platformkit.command.OutputOptions.Format;
import dev.platformkit.engine.DockerEngine;
import dev.platformkit.engine.Engine;
import dev.platformkit.problem.Nearest;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.Platform;
import dev.platformkit.project.PlatformLock;
import dev.platformkit.project.Project;
import dev.platformkit.report.VerifyJson;
import dev.platformkit.report.VerifyJunit;
import dev.platformkit.report.VerifyText;
import dev.platformkit.terminal.Console;
import dev.platformkit.verify.Evidence;
import dev.platformkit.verify.journey.Journey;
import dev.platformkit.verify.journey.JourneyReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import okhttp3.HttpUrl;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proves that the running platform does what it is for. */
@Command(
    name = "verify",
    description = {
      "Proves the running platform, naming the first hop that is broken.",
      "Goes every journey, and follows what it left behind through traces, logs, metrics and",
      "alerts. Keeps the evidence under .platform/NAME/verify."
    },
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  @Mixin private GlobalOptions global;
  @Mixin private OutputOptions output;

  @Option(
      names = "--journey",
      paramLabel = "JOURNEY",
      description = "Go only this journey; may be repeated. All by default.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--require",
      paramLabel = "STACK",
      split = ",",
      description = "Fail when something of this stack is left out; may be repeated.")
  private Set<String> required = new HashSet<>();

  @Option(
      names = "--target",
      paramLabel = "SERVICE=URL",
      description = "Send the requests of journeys to this service there; may be repeated.")
  private Map<String, String> targets = new LinkedHashMap<>();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "Judge by what was seen until then; ${DEFAULT-VALUE} by default.")
  private int timeout;

  @Override
  public Integer call() {
    Console console = global.console();
    Format format = output.format(Format.TEXT, Format.JSON, Format.JUNIT);
    Project project = global.project();
    Platform platform = global.platform(project);
    List<Journey> journeys = journeys(project);
    refuseUnknownStacks(project);
    targets.forEach(VerifyCommand::refuseBadUrl);
    if (timeout < 1) {
      throw Problem.usage("--timeout " + timeout + " is not a number of seconds from 1");
    }
    Verification verification = new Verification(console, project, platform);
    try (Engine engine = DockerEngine.connect()) {
      verification.assembly();
      Evidence evidence = locked(platform, verification, engine, journeys);
      output.write(
          console,
          switch (format) {
            case JSON -> VerifyJson.of(evidence);
            case JUNIT -> VerifyJunit.of(evidence);
            case SARIF -> throw new IllegalStateException("format() refuses it");
            case TEXT -> new VerifyText(console).of(evidence, verification.kept(evidence));
          });
      return Verification.exitCode(evidence.verdict());
    }
  }

  private Evidence locked(
      Platform platform, Verification verification, Engine engine, List<Journey> journeys) {
    PlatformLock lock = PlatformLock.take(platform, "platform verify");
    try {
      return verification.run(engine, journeys, required, targets, Duration.ofSeconds(timeout));
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

  private void refuseUnknownStacks(Project project) {
    for (String stack : required) {
      if (!project.stacks().contains(stack)) {
        throw unknown("stack", stack, project.stacks());
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

  private static void refuseBadUrl(String service, String url) {
    if (HttpUrl.parse(url) == null) {
      throw Problem.usage("--target %s=%s is not a URL of HTTP".formatted(service, url));
    }
  }
}
