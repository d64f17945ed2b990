package dev.platformkit.command;

import dev.platformkit.engine.Consent;
import dev.platformkit.engine.Container;
import dev.platformkit.engine.EngineControl;
import dev.platformkit.engine.EngineSetup;
import dev.platformkit.kv.Desired;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.ImageSource;
import dev.platformkit.project.Platform;
import dev.platformkit.project.PlatformLock;
import dev.platformkit.project.Project;
import dev.platformkit.stack.Assembly;
import dev.platformkit.stack.Inputs;
import dev.platformkit.stack.Stack;
import dev.platformkit.terminal.Console;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings the platform up. */
@Command(
    name = "up",
    description = {
      "Brings the platform up, or back up, and waits until it is ready.",
      "Builds or pulls the images that are missing, starts what does not run, and leaves alone what",
      "is well."
    },
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  private static final Map<String, String> ENVIRONMENT = System.getenv();

  /** As verify's own --timeout is by default. */
  private static final Duration VERIFY_WITHIN = Duration.ofSeconds(30);

  @Mixin private GlobalOptions global;
  @Mixin private StackOptions stacks;
  @Mixin private ImageOptions images;

  /** How ports are chosen. */
  enum PortChoice {
    FIXED,
    AUTO
  }

  @Option(
      names = "--ports",
      paramLabel = "HOW",
      description =
          "auto: choose free ports for all that are fixed, and remember them; fixed: forget them."
              + " As before by default.")
  private PortChoice ports;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "How long services may take to be ready; ${DEFAULT-VALUE} by default.")
  private int timeout;

  @Option(names = "--verify", description = "Verify the platform once it is up.")
  private boolean verify;

  @Option(
      names = {"-v", "--verbose"},
      description = "Show what Compose says while it starts containers.")
  private boolean verbose;

  @Override
  public Integer call() {
    if (timeout < 1) {
      throw Problem.usage("--timeout " + timeout + " is not a number of seconds from 1");
    }
    Project project = global.project();
    Platform platform = global.platform(project);
    List<Stack> chosen = Stack.choose(project, stacks.asked());
    Desired configuration = validate(project, platform, chosen);
    Console console = global.console();
    EngineSetup setup = new EngineSetup(Consent.of(global.yes(), ENVIRONMENT, console), console);
    try (EngineControl engine = setup.ensureRunning()) {
      List<Container> meant = engine.containers(platform.name());
      Platform ours = new NameGuard(global, console).ours(project, platform, meant, engine);
      boolean renamed = !ours.name().equals(platform.name());
      PlatformLock lock = PlatformLock.take(ours, "platform up");
      try {
        BringUp up =
            new BringUp(project, ours, engine, setup, console, images, ENVIRONMENT, verbose);
        up.run(
            chosen,
            configuration,
            renamed ? engine.containers(ours.name()) : meant,
            renamed || ports == PortChoice.AUTO,
            ports == PortChoice.FIXED,
            Duration.ofSeconds(timeout),
            verify ? Optional.empty() : Optional.of("verify"));
        return verify ? new Verification(console, project, ours).all(engine, VERIFY_WITHIN) : 0;
      } finally {
        lock.close();
      }
    }
  }

  /**
   * Tells what is wrong with the files before an engine is asked or anything is written.
   *
   * @return what Consul has to hold; nothing where the platform is brought up without it
   */
  private Desired validate(Project project, Platform platform, List<Stack> chosen) {
    ImageSource source = images.source().orElse(project.images());
    new Inputs(new Assembly(project, platform, chosen, source != ImageSource.LOCAL), ENVIRONMENT)
        .check();
    boolean hasConsul =
        chosen.stream()
            .flatMap(stack -> stack.services().stream())
            .anyMatch(service -> service.name().equals(KvCommand.CONSUL));
    return hasConsul
        ? Desired.read(project.root(), project.root().resolve(Desired.FOLDER))
        : new Desired(new TreeMap<>());
  }
}
