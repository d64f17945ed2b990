package dev.platformkit.command;

import dev.platformkit.engine.Consent;
import dev.platformkit.engine.DockerClientTools;
import dev.platformkit.engine.DockerEngine;
import dev.platformkit.engine.EngineControl;
import dev.platformkit.engine.EngineDaemon;
import dev.platformkit.engine.EngineInfo;
import dev.platformkit.engine.EngineSetup;
import dev.platformkit.engine.Subprocess;
import dev.platformkit.problem.Problem;
import dev.platformkit.terminal.Console;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code platform engine}: the Docker Engine that everything runs on. */
@Command(
    name = "engine",
    description = "Installs, starts and stops the Docker Engine, and says how it is.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class EngineCommand {
  private static final Map<String, String> ENVIRONMENT = System.getenv();

  @Command(
      name = "install",
      description = {
        "Installs what is missing of Docker Engine, client, Compose, buildx, iptables and debootstrap,",
        "and starts the engine. On Debian and Ubuntu, as root."
      },
      mixinStandardHelpOptions = true)
  int install(@Mixin GlobalOptions options) {
    Console console = options.console();
    EngineSetup setup = new EngineSetup(Consent.of(options.yes(), ENVIRONMENT, console), console);
    try (EngineControl engine = setup.ensureRunning()) {
      setup.ensureBuildTools();
      describe(engine, console);
    }
    return 0;
  }

  @Command(
      name = "start",
      description = "Starts the installed engine; one that answers already is left alone.",
      mixinStandardHelpOptions = true)
  int start(@Mixin GlobalOptions options) {
    Console console = options.console();
    EngineSetup setup = new EngineSetup(Consent.of(true, ENVIRONMENT, console), console);
    try (EngineControl engine = setup.start()) {
      describe(engine, console);
    }
    return 0;
  }

  @Command(
      name = "stop",
      description = "Stops the engine, and all containers with it, if platform started it.",
      mixinStandardHelpOptions = true)
  int stop(@Mixin GlobalOptions options) {
    Console console = options.console();
    String address = DockerEngine.configuredAddress();
    EngineDaemon daemon =
        EngineDaemon.at(address, ENVIRONMENT)
            .orElseThrow(
                () -> Problem.unable("the engine at " + address + " is not of this machine"));
    if (daemon.ours().isEmpty()) {
      DockerEngine.connect().close(); // where none runs, that is what there is to say
    }
    daemon.stop();
    console.out().println(console.good() + " the Docker Engine at " + address + " is stopped");
    return 0;
  }

  @Command(
      name = "status",
      description = "Says which engine answers, where, and who started it; exit 3 when none does.",
      mixinStandardHelpOptions = true)
  int status(@Mixin GlobalOptions options) {
    try (EngineControl engine = DockerEngine.connect()) {
      describe(engine, options.console());
    }
    return 0;
  }

  private static void describe(EngineControl engine, Console console) {
    EngineInfo info = engine.info();
    PrintWriter out = console.out();
    out.printf(
        "%s Docker Engine %s at %s (API %s)%n",
        console.good(), info.version(), info.address(), info.apiVersion());
    out.printf("  runs on     %s, %s%n", info.operatingSystem(), info.architecture());
    out.printf("  containers  %d running%n", info.containersRunning());
    EngineDaemon.at(info.address(), ENVIRONMENT)
        .ifPresent(
            daemon ->
                out.printf(
                    "  started by  %s%n",
                    daemon
                        .ours()
                        .map(p -> "platform, pid %d, log %s".formatted(p.pid(), daemon.log()))
                        .orElse("somebody else, so platform leaves it alone")));
    plugin(console, "compose", "Compose");
    plugin(console, "buildx", "buildx");
  }

  private static void plugin(Console console, String name, String words) {
    Optional<String> version =
        DockerClientTools.plugin(name)
            .map(file -> Subprocess.of(file.toString(), "version").run().out().strip());
    console
        .out()
        .printf(
            "%s %s%n",
            version.isPresent() ? console.good() : console.bad(),
            version.orElse(words + " is missing; platform engine install brings it"));
  }
}
