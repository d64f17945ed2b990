package dev.platformkit.command;

import dev.platformkit.command.OutputOptions.Format;
import dev.platformkit.engine.DockerEngine;
import dev.platformkit.engine.Engine;
import dev.platformkit.lifecycle.Status;
import dev.platformkit.problem.ExitCode;
import dev.platformkit.project.Platform;
import dev.platformkit.project.Project;
import dev.platformkit.report.StatusJson;
import dev.platformkit.report.StatusText;
import dev.platformkit.stack.Assembly;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what every service does now. */
@Command(
    name = "status",
    description = "Says what every service does now; exit 1 when not all are ready.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @Mixin private GlobalOptions global;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() {
    Format format = output.format(Format.TEXT, Format.JSON);
    Project project = global.project();
    Platform platform = global.platform(project);
    try (Engine engine = DockerEngine.connect()) {
      Assembly assembly =
          Assembly.last(project, platform).orElseThrow(() -> Status.notRunning(platform, engine));
      Status status = Status.of(assembly, engine);
      output.write(
          global.console(),
          format == Format.JSON
              ? StatusJson.of(status)
              : new StatusText(global.console(), Instant.now()).of(status, platform));
      return (status.ready() ? ExitCode.GOOD : ExitCode.BAD).code();
    }
  }
}
