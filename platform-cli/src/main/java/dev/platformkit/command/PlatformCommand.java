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
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      OpenCommand.class,
      RenderCommand.class,
      ValidateCommand.class,
      ExplainCommand.class,
      VerifyCommand.class,
      ImagesCommand.class,
      EngineCommand.class
    })
public final class PlatformCommand {}
