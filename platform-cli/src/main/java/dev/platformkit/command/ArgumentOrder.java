package dev.platformkit.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Lets the options that every command has also stand before the command, as people know it from
 * other tools: {@code platform -C shop status} is {@code platform status -C shop}.
 */
final class ArgumentOrder {
  private static final Set<String> WITH_VALUE = Set.of("-C", "--name");
  private static final Set<String> ALONE =
      Set.of("-y", "--yes", "--debug", "--no-color", "--no-unicode");

  private ArgumentOrder() {}

  /** The arguments with the command first, wherever it stood. */
  static List<String> commandFirst(List<String> given) {
    int command = 0;
    while (command < given.size()) {
      String word = given.get(command);
      if (WITH_VALUE.contains(word)) {
        command += 2;
      } else if (ALONE.contains(word) || word.startsWith("-C") || word.startsWith("--name=")) {
        command += 1;
      } else {
        break;
      }
    }
    if (command == 0 || command >= given.size() || given.get(command).startsWith("-")) {
      return given;
    }
    // Behind all other words, but before what is no option any more: the command may have commands.
    List<String> rest = given.subList(command, given.size());
    int end = rest.indexOf("--");
    List<String> ordered = new ArrayList<>(rest.subList(0, end < 0 ? rest.size() : end));
    ordered.addAll(given.subList(0, command));
    if (end >= 0) {
      ordered.addAll(rest.subList(end, rest.size()));
    }
    return ordered;
  }
}
