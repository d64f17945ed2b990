package dev.platformkit.command;

import dev.platformkit.problem.Problem;
import dev.platformkit.terminal.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** In which form a command gives its result, and where to. */
final class OutputOptions {
  /** Every form that some command can give. */
  enum Format {
    TEXT,
    JSON,
    JUNIT,
    SARIF,
    HTML;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "The form of the result: ${COMPLETION-CANDIDATES}; text by default.")
  private Format format = Format.TEXT;

  @Option(
      names = "--output-file",
      paramLabel = "FILE",
      description = "Write the result to a file instead of standard output.")
  private Path file;

  /** The form asked for, which has to be one that the command can give. */
  Format format(Format... possible) {
    if (!List.of(possible).contains(format)) {
      throw Problem.usage("this command has no output \"" + format + "\"")
          .detail(
              "it has: "
                  + Arrays.stream(possible)
                      .map(Format::toString)
                      .collect(Collectors.joining(", ")));
    }
    return format;
  }

  /** The file that the result goes to; empty where it is printed. */
  Optional<Path> inFile() {
    return Optional.ofNullable(file);
  }

  /** Gives the result to where it was asked for. */
  void write(Console console, String result) {
    if (file == null) {
      console.out().print(result);
      console.out().flush();
      return;
    }
    try {
      Files.writeString(file, result);
    } catch (IOException e) {
      throw Problem.usage("cannot write " + file + ": " + e).causedBy(e);
    }
  }
}
