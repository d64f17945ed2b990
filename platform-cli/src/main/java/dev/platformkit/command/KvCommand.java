package dev.platformkit.command;

import dev.platformkit.backend.BackendException;
import dev.platformkit.backend.ConsulKv;
import dev.platformkit.backend.HttpServer;
import dev.platformkit.command.OutputOptions.Format;
import dev.platformkit.engine.Container;
import dev.platformkit.engine.DockerEngine;
import dev.platformkit.engine.EngineControl;
import dev.platformkit.kv.Desired;
import dev.platformkit.kv.Keys;
import dev.platformkit.kv.KvApply;
import dev.platformkit.kv.KvDiff;
import dev.platformkit.kv.KvExport;
import dev.platformkit.lifecycle.Status;
import dev.platformkit.lifecycle.Up;
import dev.platformkit.problem.ExitCode;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.Platform;
import dev.platformkit.project.PlatformLock;
import dev.platformkit.project.Project;
import dev.platformkit.report.kv.KvDiffText;
import dev.platformkit.report.kv.KvJson;
import dev.platformkit.stack.Assembly;
import dev.platformkit.terminal.Console;
import dev.platformkit.verify.NotPartOfPlatformException;
import dev.platformkit.verify.NotRunningException;
import dev.platformkit.verify.PublishedAddresses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code platform kv}: the configuration that services read from Consul, as files. */
@Command(
    name = "kv",
    description = {
      "Compares the configuration in Consul with files, applies them, exports it.",
      "The file kv/SERVICE.yaml says what is under config/SERVICE/ in Consul, which the service",
      "follows live:",
      "",
      "  keys:",
      "    welcome: Hello",
      "    page-size: { value: 20, type: int, min: 1, max: 100 }",
      "    log-level: { value: info, one_of: [debug, info, warn, error] }"
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class KvCommand {
  /** The service that holds the keys. */
  static final String CONSUL = "consul";

  private static final int CONSUL_PORT = 8500;

  /** Of which services, by which files; a class, because each subcommand has the same. */
  static final class Choice {
    @Parameters(
        paramLabel = "SERVICE",
        arity = "0..*",
        description = "Only these services; all by default.")
    private List<String> services = new ArrayList<>();

    @Option(
        names = "--files",
        paramLabel = "DIR",
        description = "The folder of the files; the project's kv by default.")
    private Path files;

    /** The folder, which need not be there for whoever exports. */
    Path folder(GlobalOptions global, Project project) {
      return files == null
          ? project.root().resolve(Desired.FOLDER)
          : global.directory().resolve(files).toAbsolutePath().normalize();
    }

    /** What the files say; a folder that was named has to be there, for none means no keys. */
    Desired desired(GlobalOptions global, Project project) {
      Path folder = folder(global, project);
      if (files != null && !Files.isDirectory(folder)) {
        throw Problem.usage("cannot open " + files + ": there is no such folder");
      }
      return Desired.read(project.root(), folder);
    }
  }

  @Command(
      name = "diff",
      description = "Says in what Consul differs from the files; exit 1 where it does.",
      mixinStandardHelpOptions = true)
  int diff(@Mixin GlobalOptions global, @Mixin OutputOptions output, @Mixin Choice choice) {
    Format format = output.format(Format.TEXT, Format.JSON);
    Project project = global.project();
    Platform platform = global.platform(project);
    Desired desired = choice.desired(global, project);
    KvDiff diff = compare(desired, store(project, platform), choice, platform);
    write(diff, false, format, global.console(), output, platform);
    return (diff.differs() ? ExitCode.BAD : ExitCode.GOOD).code();
  }

  @Command(
      name = "apply",
      description = {
        "Writes to Consul what differs, all of it or nothing.",
        "What an earlier apply wrote and no file names any more is deleted. What anybody else",
        "wrote is never deleted. Where a key changes meanwhile, nothing is written (exit 3)."
      },
      mixinStandardHelpOptions = true)
  int apply(@Mixin GlobalOptions global, @Mixin OutputOptions output, @Mixin Choice choice) {
    Format format = output.format(Format.TEXT, Format.JSON);
    Project project = global.project();
    Platform platform = global.platform(project);
    Desired desired = choice.desired(global, project);
    ConsulKv store = store(project, platform);
    PlatformLock lock = PlatformLock.take(platform, "platform kv apply");
    try {
      KvDiff diff = compare(desired, store, choice, platform);
      KvApply.apply(diff, store, platform.command("kv diff"));
      write(diff, true, format, global.console(), output, platform);
    } finally {
      lock.close();
    }
    return ExitCode.GOOD.code();
  }

  @Command(
      name = "export",
      description = {
        "Writes what Consul holds into the files.",
        "A file that says the same already stays as it is."
      },
      mixinStandardHelpOptions = true)
  int export(
      @Mixin GlobalOptions global,
      @Mixin OutputOptions output,
      @Mixin Choice choice,
      @Option(
              names = "--overwrite",
              description = "Replace files that say something else; their comments are lost.")
          boolean overwrite) {
    Format format = output.format(Format.TEXT, Format.JSON);
    Project project = global.project();
    Platform platform = global.platform(project);
    Path folder = choice.folder(global, project);
    Desired desired = Desired.read(project.root(), folder);
    List<ConsulKv.Entry> stored = entries(store(project, platform), platform);
    KvDiff.requireKnown(choice.services, desired, stored);
    KvExport export =
        KvExport.write(project.root(), folder, desired, stored, choice.services, overwrite);
    Console console = global.console();
    output.write(
        console,
        format == Format.JSON ? KvJson.of(export, platform.name()) : text(export, console));
    return ExitCode.GOOD.code();
  }

  private static String text(KvExport export, Console console) {
    List<String> lines = new ArrayList<>();
    export.written().forEach(file -> lines.add(console.good() + " " + file + "  written"));
    export
        .unchanged()
        .forEach(file -> lines.add(console.good() + " " + file + "  says it already"));
    export.leftOut().forEach(why -> lines.add(console.leftOut() + " left out " + why));
    if (lines.isEmpty()) {
      lines.add(console.good() + " there is nothing under " + Keys.PREFIX);
    }
    return String.join("\n", lines) + "\n";
  }

  private static void write(
      KvDiff diff,
      boolean applied,
      Format format,
      Console console,
      OutputOptions output,
      Platform platform) {
    output.write(
        console,
        format == Format.JSON
            ? KvJson.of(diff, platform.name(), applied)
            : new KvDiffText(console, platform.name()).of(diff, applied));
  }

  private static KvDiff compare(Desired desired, ConsulKv store, Choice choice, Platform platform) {
    List<ConsulKv.Entry> stored = entries(store, platform);
    KvDiff.requireKnown(choice.services, desired, stored);
    return KvDiff.between(desired, stored, choice.services);
  }

  static List<ConsulKv.Entry> entries(ConsulKv store, Platform platform) {
    try {
      return store.entries(Keys.PREFIX);
    } catch (BackendException e) {
      throw Problem.unable(e.getMessage()).tryCommand(platform.command("status")).causedBy(e);
    }
  }

  /** The store of a platform that is this folder's, and runs. */
  private static ConsulKv store(Project project, Platform platform) {
    try (EngineControl engine = DockerEngine.connect()) {
      Assembly assembly =
          Assembly.last(project, platform).orElseThrow(() -> Status.notRunning(platform, engine));
      List<Container> containers = engine.containers(platform.name());
      if (containers.isEmpty()) {
        throw Status.notRunning(platform);
      }
      Up.requireOurs(platform, containers, engine);
      return store(containers, assembly);
    } catch (NotRunningException e) {
      throw Problem.unable(e.getMessage()).tryCommand(platform.command("up")).causedBy(e);
    } catch (NotPartOfPlatformException e) {
      throw Problem.unable(e.getMessage()).tryCommand(platform.command("up discovery")).causedBy(e);
    }
  }

  /** The store of a platform of which these are the containers. */
  static ConsulKv store(List<Container> containers, Assembly assembly) {
    PublishedAddresses addresses =
        new PublishedAddresses(HttpServer.client(), containers, assembly.stacks(), Map.of());
    return new ConsulKv(addresses.server(CONSUL, CONSUL_PORT));
  }
}
