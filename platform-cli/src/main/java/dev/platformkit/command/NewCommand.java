package dev.platformkit.command;

import dev.platformkit.command.OutputOptions.Format;
import dev.platformkit.project.Platform;
import dev.platformkit.project.Project;
import dev.platformkit.report.scaffold.NewServiceJson;
import dev.platformkit.report.scaffold.NewServiceText;
import dev.platformkit.scaffold.NewService;
import dev.platformkit.scaffold.Writing;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code platform new}: writes what a new part of the project takes. */
@Command(
    name = "new",
    description = "Writes the files of a new service, complete and ready to be proven.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class NewCommand {
  @Command(
      name = "service",
      description = {
        "Writes a service that builds, comes up and is proven as it is; then make it yours.",
        "Contract, module with test, container, scrape job, dashboard, alert with test, live",
        "configuration and journey. Nothing is overwritten: where a name or a file is taken,",
        "nothing is written (exit 2)."
      },
      mixinStandardHelpOptions = true)
  void service(
      @Mixin GlobalOptions global,
      @Mixin OutputOptions output,
      @Parameters(
              paramLabel = "NAME",
              description = "Lower-case letters, digits and single dashes, such as shop-stats.")
          String name,
      @Option(names = "--dry-run", description = "Say what would be written, and write nothing.")
          boolean dryRun) {
    Format format = output.format(Format.TEXT, Format.JSON);
    Project project = global.project();
    NewService service = NewService.of(project, name);
    if (!dryRun) {
      Writing.write(project.root(), service.changes());
    }
    List<String> next = dryRun ? List.of() : next(service, global.platform(project));
    NewServiceText text = new NewServiceText(global.console());
    output.write(
        global.console(),
        format == Format.JSON
            ? NewServiceJson.of(service, !dryRun, next)
            : dryRun ? text.planned(service) : text.written(service, next));
  }

  private static List<String> next(NewService service, Platform platform) {
    return List.of(
        "./build -pl " + service.module() + " -am test",
        "platform validate",
        "platform test-rules",
        platform.command("up --verify"),
        platform.command("kv apply " + service.name()));
  }
}
