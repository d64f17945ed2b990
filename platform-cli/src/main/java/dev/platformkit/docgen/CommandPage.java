package dev.platformkit.docgen;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** One page about all commands, from the model that the command line itself parses by. */
final class CommandPage {
  private final List<CommandSpec> commands;
  private final Set<String> common;

  private CommandPage(CommandSpec root) {
    this.commands = commands(root).toList();
    this.common = common(commands.stream().filter(c -> c.subcommands().isEmpty()).toList());
  }

  static String of(CommandSpec root) {
    return new CommandPage(root).text();
  }

  private static Stream<CommandSpec> commands(CommandSpec command) {
    Stream<CommandSpec> below =
        command.subcommands().values().stream()
            .map(CommandLine::getCommandSpec)
            .distinct()
            .filter(sub -> !sub.usageMessage().hidden())
            .sorted((a, b) -> a.name().compareTo(b.name()))
            .flatMap(CommandPage::commands);
    return Stream.concat(Stream.of(command), below);
  }

  /** The options, by their longest name, that every one of the commands has. */
  private static Set<String> common(List<CommandSpec> commands) {
    Set<String> names = new LinkedHashSet<>();
    if (commands.isEmpty()) {
      return names;
    }
    commands.get(0).options().forEach(option -> names.add(option.longestName()));
    commands.forEach(
        command ->
            names.retainAll(command.options().stream().map(OptionSpec::longestName).toList()));
    return names;
  }

  private String text() {
    StringBuilder text = new StringBuilder(ReferencePages.HEADER);
    text.append("# Commands\n");
    for (CommandSpec command : commands) {
      command(command, text);
    }
    text.append("\n## Options of every command\n\n");
    commands.stream()
        .flatMap(command -> command.options().stream())
        .filter(option -> common.contains(option.longestName()))
        .filter(distinctByName())
        .forEach(option -> row(option, text));
    return text.toString();
  }

  private static Predicate<OptionSpec> distinctByName() {
    Set<String> seen = new LinkedHashSet<>();
    return option -> seen.add(option.longestName());
  }

  private void command(CommandSpec command, StringBuilder text) {
    text.append("\n## ").append(command.qualifiedName()).append("\n\n");
    text.append(description(command.usageMessage().description())).append("\n\n");
    text.append("    ").append(synopsis(command)).append('\n');
    List<ArgSpec> own = new ArrayList<>(command.positionalParameters());
    command.options().stream()
        .filter(option -> !common.contains(option.longestName()) && !option.hidden())
        .forEach(own::add);
    if (!own.isEmpty()) {
      text.append('\n');
      own.forEach(arg -> row(arg, text));
    }
  }

  /** Lines up to an empty one are a paragraph; indented ones are an example and stay lines. */
  private static String description(String... lines) {
    List<String> blocks = new ArrayList<>(List.of(""));
    for (String line : lines) {
      int last = blocks.size() - 1;
      String block = blocks.get(last);
      boolean example = line.startsWith("  ");
      if (line.isEmpty()) {
        blocks.add("");
      } else if (block.isEmpty()) {
        blocks.set(last, example ? "  " + line : line);
      } else {
        blocks.set(last, block + (example ? "\n  " : " ") + line);
      }
    }
    return String.join("\n\n", blocks);
  }

  private static String synopsis(CommandSpec command) {
    StringBuilder text = new StringBuilder(command.qualifiedName()).append(" [OPTIONS]");
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      boolean needed = parameter.arity().min() > 0;
      String label = parameter.paramLabel() + (parameter.arity().max() > 1 ? "…" : "");
      text.append(needed ? " " + label : " [" + label + "]");
    }
    if (!command.subcommands().isEmpty()) {
      text.append(" [COMMAND]");
    }
    return text.toString();
  }

  private static void row(ArgSpec arg, StringBuilder text) {
    String name =
        arg instanceof OptionSpec option
            ? String.join(", ", option.names()) + value(option)
            : arg.paramLabel();
    text.append("- `").append(name).append("` ");
    text.append(String.join(" ", arg.description())).append('\n');
  }

  private static String value(OptionSpec option) {
    return (" " + option.paramLabel()).repeat(Math.min(option.arity().max(), 2));
  }
}
