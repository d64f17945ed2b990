package dev.platformkit.rule;

import java.nio.file.Path;
import java.util.List;

/** Prometheus's own judge of rules. Safe for use by several threads. */
public interface Promtool extends AutoCloseable {
  /**
   * How a run of it ended.
   *
   * @param lines what it printed, to whichever stream
   */
  record Answer(int exit, List<String> lines) {
    public Answer {
      lines = List.copyOf(lines);
    }
  }

  /** Its version, for example {@code 2.53.3}. */
  String version();

  /** Runs the unit tests in a file. */
  Answer test(Path file);

  @Override
  void close();
}
