package dev.platformkit.command;

import dev.platformkit.backend.ConsulKv;
import dev.platformkit.engine.Container;
import dev.platformkit.engine.EngineControl;
import dev.platformkit.engine.EngineSetup;
import dev.platformkit.image.ImageChoice;
import dev.platformkit.image.Images;
import dev.platformkit.kv.Desired;
import dev.platformkit.kv.KvApply;
import dev.platformkit.kv.KvDiff;
import dev.platformkit.lifecycle.Amounts;
import dev.platformkit.lifecycle.Ports;
import dev.platformkit.lifecycle.Up;
import dev.platformkit.project.Platform;
import dev.platformkit.project.Project;
import dev.platformkit.project.Secrets;
import dev.platformkit.project.StateFolder;
import dev.platformkit.report.ProgressDisplay;
import dev.platformkit.report.UpText;
import dev.platformkit.stack.Assembly;
import dev.platformkit.stack.Inputs;
import dev.platformkit.stack.Service;
import dev.platformkit.stack.Stack;
import dev.platformkit.stack.Variables;
import dev.platformkit.terminal.Console;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** From valid files and an engine that answers to a platform that is ready. */
final class BringUp {
  private final Project project;
  private final Platform platform;
  private final EngineControl engine;
  private final EngineSetup setup;
  private final Console console;
  private final ImageOptions imageOptions;
  private final Map<String, String> environment;
  private final boolean verbose;

  BringUp(
      Project project,
      Platform platform,
      EngineControl engine,
      EngineSetup setup,
      Console console,
      ImageOptions imageOptions,
      Map<String, String> environment,
      boolean verbose) {
    this.project = project;
    this.platform = platform;
    this.engine = engine;
    this.setup = setup;
    this.console = console;
    this.imageOptions = imageOptions;
    this.environment = environment;
    this.verbose = verbose;
  }

  /**
   * Brings the chosen stacks up; others that run already stay part of the platform.
   *
   * @param configuration what Consul has to hold
   * @param containers every container of the platform
   * @param freePorts choose free ports
   * @param fixedPorts forget ports that were chosen
   * @param next the command to name at the end
   */
  void run(
      List<Stack> chosen,
      Desired configuration,
      List<Container> containers,
      boolean freePorts,
      boolean fixedPorts,
      Duration timeout,
      Optional<String> next) {
    long begin = System.nanoTime();
    Images images = new Images(project, platform, engine, environment);
    ImageChoice choice = images.choose(imageOptions.source(), imageOptions.keepData());
    Assembly assembly =
        new Assembly(project, platform, withRunning(chosen, containers), choice.official());
    List<Service> wanted = chosen.stream().flatMap(s -> assembly.services(s).stream()).toList();
    headline(chosen, wanted, choice);
    Thread interrupted = new Thread(this::interrupted, "interrupted");
    Runtime.getRuntime().addShutdownHook(interrupted);
    try {
      Up up = new Up(engine, assembly, wanted, composeWords());
      up.heal(containers);
      Ports ports = choosePorts(assembly, containers, freePorts, fixedPorts);
      Inputs inputs = new Inputs(assembly, environment);
      ports.requireFree(inputs.variables(), engine::publisher);
      prepareImages(images, choice, wanted);
      write(assembly, inputs);
      Variables variables = assembly.variables(environment);
      Up.Outcome outcome =
          up.run(
              containers,
              variables,
              timeout,
              new ProgressDisplay(console),
              () -> ports.requireFree(variables, engine::publisher));
      List<KvDiff> configured = configure(configuration, assembly, outcome.containers());
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      console.out().print(new UpText(console).of(assembly, outcome, configured, took, next));
      console.out().flush();
    } finally {
      forget(interrupted);
    }
  }

  /**
   * Writes the keys that nobody has written yet. One that holds something else is left to {@code
   * platform kv apply}: it may have been changed on purpose.
   *
   * @return of each service, how Consul and file compared before
   */
  private List<KvDiff> configure(
      Desired configuration, Assembly assembly, List<Container> containers) {
    List<KvDiff> compared = new ArrayList<>();
    if (configuration.files().isEmpty()) {
      return compared;
    }
    ConsulKv store = KvCommand.store(containers, assembly);
    List<ConsulKv.Entry> stored = KvCommand.entries(store, platform);
    for (String service : configuration.files().keySet()) {
      KvDiff diff = KvDiff.between(configuration, stored, List.of(service));
      KvApply.apply(diff.additions(), store, platform.command("up"));
      compared.add(diff);
    }
    return compared;
  }

  private void write(Assembly assembly, Inputs inputs) {
    Secrets.ensure(platform, inputs.secrets());
    assembly.write();
    StateFolder.open(platform)
        .set(
            Map.of(
                "DOCKER_CONTAINERS",
                engine.info().rootDirectory().resolve("containers").toString()));
  }

  /** The hook is for an end that came from outside, and cannot be taken back once that began. */
  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already, and the hook runs: that is what it is for.
    }
  }

  /** The chosen stacks, and those of which something runs, in the project's order. */
  private List<Stack> withRunning(List<Stack> chosen, List<Container> containers) {
    Map<String, Stack> stacks = new HashMap<>();
    chosen.forEach(stack -> stacks.put(stack.name(), stack));
    for (String name : Assembly.lastStacks(platform)) {
      if (project.stacks().contains(name) && !stacks.containsKey(name)) {
        Stack other = Stack.read(project, name);
        boolean runs =
            other.services().stream()
                .anyMatch(s -> containers.stream().anyMatch(c -> c.service().equals(s.name())));
        if (runs) {
          stacks.put(name, other);
        }
      }
    }
    return project.stacks().stream().filter(stacks::containsKey).map(stacks::get).toList();
  }

  private void headline(List<Stack> chosen, List<Service> wanted, ImageChoice choice) {
    String dot = console.unicode() ? " · " : " - ";
    console
        .err()
        .println(
            console.strong(platform.name())
                + dot
                + Amounts.count(chosen.size(), "stack")
                + dot
                + Amounts.count(wanted.size(), "service")
                + dot
                + choice.words()
                + "\n");
  }

  private Ports choosePorts(
      Assembly assembly, List<Container> containers, boolean free, boolean fixed) {
    StateFolder.open(platform);
    Ports ports = new Ports(assembly, containers);
    if (fixed) {
      StateFolder.write(platform.state().resolve("ports.env"), "");
    } else if (free) {
      ports.choose(environment);
    }
    return ports;
  }

  private void prepareImages(Images images, ImageChoice choice, List<Service> wanted) {
    Set<String> variables = new TreeSet<>();
    wanted.forEach(service -> Variables.sole(service.image()).ifPresent(variables::add));
    Images.Prepared prepared = images.prepare(choice, variables, setup, console);
    if (prepared.made() == 0) {
      console.err().println("  images      " + console.good() + " " + prepared.ready() + " ready");
    }
  }

  private Consumer<String> composeWords() {
    return verbose
        ? line -> {
          console.err().println("  " + line);
          console.err().flush();
        }
        : line -> {};
  }

  /** Runs as the process ends on Ctrl-C. */
  private void interrupted() {
    console
        .err()
        .println(
            "\n%s interrupted; containers stay as they are%n  try: %s%n       %s"
                .formatted(console.bad(), platform.command("up"), platform.command("down")));
    console.err().flush();
  }
}
