package dev.platformkit.command;

import dev.platformkit.problem.ExitCode;
import dev.platformkit.problem.Nearest;
import dev.platformkit.problem.Problem;
import dev.platformkit.terminal.Console;
import dev.platformkit.terminal.ProblemText;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs the command line: parses, runs a command, and turns what went wrong into words. */
public final class CommandLines {
  private CommandLines() {}

  /** Runs one call and returns the exit code for the shell. */
  public static int run(String... args) {
    List<String> given = ArgumentOrder.commandFirst(List.of(args));
    Console console =
        Console.ofThisProcess(given.contains("--no-color"), given.contains("--no-unicode"));
    CommandLine line = forCall(given.isEmpty() ? "" : given.get(0), console);
    line.setExecutionExceptionHandler(new Failures(console, given.contains("--debug")));
    return line.execute(given.toArray(String[]::new));
  }

  /** The whole command line, also for whoever writes its manual. */
  public static CommandLine create(Console console) {
    return prepared(PlatformCommand.whole(), console);
  }

  /** The command line for a call that begins with a word. */
  static CommandLine forCall(String word, Console console) {
    return prepared(PlatformCommand.forCall(word), console);
  }

  private static CommandLine prepared(CommandLine line, Console console) {
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(console.out());
    line.setErr(console.err());
    line.setUsageHelpAutoWidth(false);
    line.setUsageHelpWidth(Math.min(console.width(), 100));
    line.getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, new CommandList.Heading());
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandList());
    line.setParameterExceptionHandler(new Misuses(console));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            console.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    return line;
  }

  // Classes and no lambdas: a lambda of these interfaces, whose class files are old, keeps them out
  // of the class-data archive, and each start would open jars for them.

  /** Answers a call that is not right. */
  private record Misuses(Console console) implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException e, String[] args) {
      return misused(e, console);
    }
  }

  /** Answers a command that fails. */
  private record Failures(Console console, boolean debug) implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
      return report(e, console, debug);
    }
  }

  private static int misused(ParameterException e, Console console) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    Problem problem = Problem.usage(e.getMessage());
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String word = unmatched.getUnmatched().get(0);
      problem = Problem.usage("platform does not know \"" + word + "\"" + after(name));
      Optional<String> near = nearest(word, command);
      if (near.isPresent()) {
        problem = problem.detail("did you mean \"" + near.get() + "\"?");
      }
    }
    console.err().print(ProblemText.of(problem.tryCommand(name + " --help"), console));
    console.err().flush();
    return ExitCode.USAGE.code();
  }

  private static String after(String name) {
    return name.equals("platform") ? "" : " after \"" + name + "\"";
  }

  private static Optional<String> nearest(String word, CommandLine command) {
    if (word.startsWith("-")) {
      return Nearest.of(
          word,
          command.getCommandSpec().options().stream()
              .flatMap(option -> List.of(option.names()).stream())
              .toList());
    }
    return Nearest.of(word, command.getSubcommands().keySet());
  }

  private static int report(Exception e, Console console, boolean debug) {
    Problem problem =
        e instanceof Problem told
            ? told
            : Problem.bug(e)
                .detail("this is a bug of ours; the same call with --debug shows where");
    console.err().print(ProblemText.of(problem, console));
    if (debug) {
      e.printStackTrace(console.err());
    }
    console.err().flush();
    return problem.exitCode().code();
  }
}
