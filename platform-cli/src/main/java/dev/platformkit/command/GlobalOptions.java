package dev.platformkit.command;

import dev.platformkit.problem.Problem;
import dev.platformkit.project.Platform;
import dev.platformkit.project.Project;
import dev.platformkit.terminal.Console;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that every command has. */
final class GlobalOptions {
  @Option(
      names = "-C",
      paramLabel = "DIR",
      description = "The project's folder, or one inside it; the current one by default.")
  private Path directory = Path.of("");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Which platform of the project, where several run side by side.")
  private String name;

  @Option(
      names = {"-y", "--yes"},
      description = "Consent to what would otherwise be asked.")
  private boolean yes;

  @Option(names = "--debug", description = "Show stack traces.")
  private boolean debug;

  @Option(names = "--no-color", description = "No colour; so does NO_COLOR.")
  private boolean noColour;

  @Option(names = "--no-unicode", description = "ASCII only.")
  private boolean noUnicode;

  private Console console;

  /** The folder that the command was called for, which need not lie in a project. */
  Path directory() {
    return directory;
  }

  /** The project that the command is about. */
  Project project() {
    return Project.find(directory);
  }

  /** The platform that the command is about. */
  Platform platform() {
    return platform(project());
  }

  Platform platform(Project project) {
    if (name == null) {
      return project.platform(project.usualName());
    }
    if (!Project.isName(name)) {
      throw Problem.usage(
          "--name \"" + name + "\" is not a name of lower-case letters, digits, - and _");
    }
    return project.platform(name);
  }

  /** Whether the platform was named with {@code --name}. */
  boolean named() {
    return name != null;
  }

  /** Whether consent was given with {@code --yes}. */
  boolean yes() {
    return yes;
  }

  boolean debug() {
    return debug;
  }

  Console console() {
    if (console == null) {
      console = Console.ofThisProcess(noColour, noUnicode);
    }
    return console;
  }
}
