package dev.platformkit.command;

import dev.platformkit.engine.Consent;
import dev.platformkit.engine.EngineControl;
import dev.platformkit.engine.EngineSetup;
import dev.platformkit.image.Images;
import dev.platformkit.lifecycle.JobRun;
import dev.platformkit.lifecycle.Status;
import dev.platformkit.problem.ExitCode;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.Platform;
import dev.platformkit.project.Project;
import dev.platformkit.stack.Assembly;
import dev.platformkit.stack.Variables;
import dev.platformkit.terminal.Console;
import dev.platformkit.terminal.Took;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a job of the platform. */
@Command(
    name = "run",
    description = {
      "Runs a job of the platform once, and waits for its end.",
      "A job is a service of the profile jobs: it does one thing and ends, so up leaves it out.",
      "Exits with 0 when the job did, else with 1."
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final Map<String, String> ENVIRONMENT = System.getenv();

  @Mixin private GlobalOptions global;

  @Parameters(paramLabel = "JOB", index = "0", description = "The job.")
  private String name;

  @Parameters(
      paramLabel = "ARGUMENT",
      index = "1..*",
      arity = "0..*",
      description = "What the job is told; after --, where one begins with a dash.")
  private List<String> arguments = new ArrayList<>();

  @Option(
      names = {"-e", "--env"},
      paramLabel = "NAME=VALUE",
      description = "A variable of its environment, on top of those in the Compose file.")
  private List<String> variables = new ArrayList<>();

  @Option(
      names = "--mount",
      paramLabel = "FILE:PATH",
      description = "What of this machine it may read, and where it finds that.")
  private List<String> mounts = new ArrayList<>();

  @Override
  public Integer call() {
    Console console = global.console();
    Project project = global.project();
    Platform platform = global.platform(project);
    variables.forEach(RunCommand::checkVariable);
    List<String> shown = mounts.stream().map(RunCommand::mount).toList();
    EngineSetup setup = new EngineSetup(Consent.of(global.yes(), ENVIRONMENT, console), console);
    try (EngineControl engine = setup.ensureRunning()) {
      Assembly assembly =
          Assembly.last(project, platform).orElseThrow(() -> Status.notRunning(platform, engine));
      JobRun run = JobRun.of(assembly, name);
      if (engine.containers(platform.name()).isEmpty()) {
        throw Status.notRunning(platform, engine);
      }
      prepareImage(new Images(project, platform, engine, ENVIRONMENT), run, setup);
      return run(run, shown);
    }
  }

  private int run(JobRun run, List<String> shown) {
    Console console = global.console();
    long begin = System.nanoTime();
    int exit = run.run(variables, shown, arguments, to(console.out()), to(console.err()));
    String took = Took.words(Duration.ofNanos(System.nanoTime() - begin));
    console
        .err()
        .println(
            exit == 0
                ? "%s %s is done, in %s".formatted(console.good(), name, took)
                : "%s %s failed after %s, with exit code %d"
                    .formatted(console.bad(), name, took, exit));
    return (exit == 0 ? ExitCode.GOOD : ExitCode.BAD).code();
  }

  private void prepareImage(Images images, JobRun run, EngineSetup setup) {
    Set<String> variable = Variables.sole(run.job().image()).stream().collect(Collectors.toSet());
    images.prepare(images.choose(Optional.empty(), true), variable, setup, global.console());
  }

  private static Consumer<String> to(PrintWriter writer) {
    return line -> {
      writer.println(line);
      writer.flush();
    };
  }

  private static void checkVariable(String variable) {
    if (!variable.matches("[A-Za-z_][A-Za-z0-9_]*=(?s:.*)")) {
      throw Problem.usage("-e " + variable + " is no variable like NAME=VALUE");
    }
  }

  /** A mount as Compose wants it; what is not there would be made a folder. */
  private static String mount(String written) {
    int colon = written.lastIndexOf(':');
    if (colon < 1 || !written.startsWith("/", colon + 1)) {
      throw Problem.usage("--mount " + written + " is no mount like ./tea.jsonl:/catalogue.jsonl");
    }
    Path file = Path.of(written.substring(0, colon)).toAbsolutePath().normalize();
    if (!Files.isReadable(file)) {
      throw Problem.usage("--mount " + written + ": " + file + " cannot be read");
    }
    return file + written.substring(colon);
  }
}
