package dev.platformkit.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;

/**
 * The list of commands in {@code platform --help}, each with what its description says first. It is
 * read from the annotations alone: to build the commands for it would take longer than all else.
 *
 * <p>Here too classes and no lambdas implement picocli's interfaces, for the archive's sake.
 */
final class CommandList implements IHelpSectionRenderer {
  private static final String INDENT = "  ";
  private static final String GAP = "  ";

  /** What stands above the list. */
  static final class Heading implements IHelpSectionRenderer {
    @Override
    public String render(Help help) {
      return "\nCommands:\n";
    }
  }

  @Override
  public String render(Help help) {
    int width = help.commandSpec().usageMessage().width();
    List<Command> commands =
        PlatformCommand.COMMANDS.stream()
            .map(type -> type.getAnnotation(Command.class))
            .filter(command -> !command.hidden())
            .toList();
    int names = commands.stream().mapToInt(c -> c.name().length()).max().orElse(0);
    String hanging = " ".repeat(INDENT.length() + names + GAP.length());
    StringBuilder text = new StringBuilder();
    for (Command command : commands) {
      String name = command.name();
      text.append(INDENT).append(help.colorScheme().commandText(name).toString());
      text.append(" ".repeat(names - name.length())).append(GAP);
      int column = hanging.length();
      for (String word : essence(command.description()).split(" ", -1)) {
        if (column > hanging.length() && column + 1 + word.length() > width) {
          text.append('\n').append(hanging);
          column = hanging.length();
        } else if (column > hanging.length()) {
          text.append(' ');
          column += 1;
        }
        text.append(word);
        column += word.length();
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** The first sentence, or what stands before its colon or semicolon, which starts on details. */
  static String essence(String[] description) {
    String text = String.join(" ", description);
    int end = text.length();
    for (String mark : List.of(". ", ": ", "; ")) {
      int at = text.indexOf(mark);
      end = at >= 0 && at < end ? at : end;
    }
    String first = text.substring(0, end);
    return first.endsWith(".") ? first : first + ".";
  }
}
