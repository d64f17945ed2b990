package dev.platformkit.command;

import picocli.CommandLine.Command;

/** The root of the command line; each command is a class of its own. */
@Command(
    name = "platform",
    description = "Keeps a whole observability platform as code: brings it up, and proves it.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DocsCommand.class,
      DoctorCommand.class, //
      DownCommand.class,
      EngineCommand.class,
      ExplainCommand.class,
      ImagesCommand.class,
      LogsCommand.class,
      OpenCommand.class,
      RenderCommand.class,
      StatusCommand.class,
      TestRulesCommand.class,
      UpCommand.class,
      ValidateCommand.class,
      VerifyCommand.class
    })
public final class PlatformCommand {}
