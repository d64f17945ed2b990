package dev.platformkit.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which stacks a command is about, as words or as one option. */
final class StackOptions {
  @Parameters(
      paramLabel = "STACK",
      arity = "0..*",
      description = "Stacks by name, with what they need; all of the project's by default.")
  private List<String> words = new ArrayList<>();

  @Option(
      names = "--stacks",
      paramLabel = "STACK",
      split = ",",
      description = "The same, separated by commas.")
  private List<String> listed = new ArrayList<>();

  /** The names asked for; empty for all. */
  List<String> asked() {
    List<String> all = new ArrayList<>(words);
    all.addAll(listed);
    return all;
  }
}
