package dev.platformkit.image;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds, in what a build said, the lines that tell why it failed. BuildKit ends a failed build with
 * a section for the step that failed:
 *
 * <pre>
 * ------
 *  > [build 3/4] RUN go build:
 * 12.3 main.go:7: undefined: x
 * ------
 * ERROR: failed to solve: process "..." did not complete successfully: exit code: 1
 * </pre>
 */
final class FailedStep {
  private static final int LINES = 15;
  private static final String RULE = "------";

  private FailedStep() {}

  static List<String> lines(List<String> log) {
    int start = -1;
    for (int i = 0; i < log.size(); i++) {
      if (log.get(i).startsWith(" > [") || log.get(i).startsWith(" > importing")) {
        start = i;
      }
    }
    if (start < 0) {
      return last(log.stream().filter(line -> !line.isBlank()).toList());
    }
    List<String> section = new ArrayList<>();
    int end = start;
    while (end < log.size() && !log.get(end).startsWith(RULE)) {
      section.add(log.get(end).strip());
      end++;
    }
    List<String> lines = new ArrayList<>();
    lines.add(section.get(0));
    lines.addAll(last(section.subList(1, section.size())));
    log.subList(end, log.size()).stream()
        .filter(line -> line.startsWith("ERROR"))
        .forEach(lines::add);
    return lines;
  }

  private static List<String> last(List<String> lines) {
    return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
  }
}
