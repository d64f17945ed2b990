package dev.platformkit.command;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The root of the command line; each command is a class of its own. */
@Command(
    name = "platform",
    description = "Keeps a whole observability platform as code: brings it up, and proves it.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class PlatformCommand {
  /** Every command, in the order in which they are listed. */
  static final List<Class<?>> COMMANDS =
      List.of(
          DocsCommand.class,
          DoctorCommand.class,
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
          VerifyCommand.class);

  private PlatformCommand() {}

  /**
   * The command line.
   *
   * @param called the command that will be called; of all others only what a list of commands shows
   *     is built, since reading every option of every command takes longer than all else that a
   *     short call does. Everything is built when empty.
   */
  static CommandLine line(Optional<String> called) {
    CommandLine line = new CommandLine(new PlatformCommand());
    for (Class<?> type : COMMANDS) {
      Command command = type.getAnnotation(Command.class);
      line.addSubcommand(
          called.map(name -> name.equals(command.name())).orElse(true)
              ? new CommandLine(type)
              : shownOnly(command));
    }
    return line;
  }

  private static CommandLine shownOnly(Command command) {
    CommandSpec spec = CommandSpec.create().name(command.name());
    spec.usageMessage().description(command.description()).hidden(command.hidden());
    return new CommandLine(spec);
  }
}
