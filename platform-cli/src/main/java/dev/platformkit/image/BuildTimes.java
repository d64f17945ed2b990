package dev.platformkit.image;

import static java.util.Objects.requireNonNull;

import dev.platformkit.problem.Problem;
import dev.platformkit.project.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How long each build took the last time on this machine, so that the next can be estimated. */
final class BuildTimes {
  private final Path file;
  private final Map<String, Long> millis = new TreeMap<>();

  private BuildTimes(Path file) {
    this.file = requireNonNull(file, "file is null");
  }

  /** Reads the times of a file; lines that make no sense are no times. */
  static BuildTimes read(Path file) {
    BuildTimes times = new BuildTimes(file);
    if (Files.isRegularFile(file)) {
      try {
        for (String line : Files.readAllLines(file)) {
          List<String> words = List.of(line.split(" ", -1));
          if (words.size() == 2 && words.get(1).matches("\\d{1,12}")) {
            times.millis.put(words.get(0), Long.parseLong(words.get(1)));
          }
        }
      } catch (IOException e) {
        throw Problem.unable("cannot read " + file + ": " + e).causedBy(e);
      }
    }
    return times;
  }

  synchronized Optional<Duration> of(String task) {
    return Optional.ofNullable(millis.get(task)).map(Duration::ofMillis);
  }

  synchronized void took(String task, Duration time) {
    millis.put(task, time.toMillis());
    StringBuilder text = new StringBuilder();
    millis.forEach((name, took) -> text.append(name).append(' ').append(took).append('\n'));
    StateFolder.write(file, text.toString());
  }
}
