package dev.platformkit.command;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

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
          KvCommand.class,
          LogsCommand.class,
          NewCommand.class,
          OpenCommand.class,
          RenderCommand.class,
          RunCommand.class,
          StatusCommand.class,
          TestRulesCommand.class,
          UpCommand.class,
          ValidateCommand.class,
          VerifyCommand.class);

  private static final List<String> HELP = List.of("--help", "-h");
  private static final List<String> VERSION = List.of("--version", "-V");

  private PlatformCommand() {}

  /**
   * The command line for one call. Reading every option of every command takes longer than all else
   * that a short call does, so only what is called is built.
   *
   * @param word the first of the call, perhaps a command's name
   */
  static CommandLine forCall(String word) {
    CommandLine line = new CommandLine(new PlatformCommand());
    if (VERSION.contains(word)) {
      return line;
    }
    if (HELP.contains(word)) {
      line.getCommandSpec().usageMessage().customSynopsis("platform [-hV] COMMAND");
      return line;
    }
    for (Class<?> type : COMMANDS) {
      if (nameOf(type).equals(word)) {
        return line.addSubcommand(word, new CommandLine(type));
      }
    }
    return whole();
  }

  /** The whole command line. */
  static CommandLine whole() {
    CommandLine line = new CommandLine(new PlatformCommand());
    COMMANDS.forEach(type -> line.addSubcommand(nameOf(type), new CommandLine(type)));
    return line;
  }

  private static String nameOf(Class<?> type) {
    return type.getAnnotation(Command.class).name();
  }
}
