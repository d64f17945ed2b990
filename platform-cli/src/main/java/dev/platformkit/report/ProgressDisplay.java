package dev.platformkit.report;

import static java.util.Objects.requireNonNull;

import dev.platformkit.lifecycle.Progress;
import dev.platformkit.terminal.Console;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Shows progress: on a terminal a table that is drawn again over itself; elsewhere a line per
 * stack, once nothing of it is on its way any more.
 */
public final class ProgressDisplay implements Progress.Listener {
  private final Console console;
  private final Set<String> told = new HashSet<>();
  private List<String> drawn = List.of();

  public ProgressDisplay(Console console) {
    this.console = requireNonNull(console, "console is null");
  }

  @Override
  public void show(Progress progress) {
    if (console.interactive()) {
      draw(ProgressText.lines(progress, console));
      return;
    }
    for (Progress.Row row : progress.rows()) {
      if (row.settled() && told.add(row.stack())) {
        ProgressText.lines(row, console).forEach(console.err()::println);
      }
    }
    console.err().flush();
  }

  private void draw(List<String> lines) {
    if (lines.equals(drawn)) {
      return;
    }
    StringBuilder frame = new StringBuilder();
    if (!drawn.isEmpty()) {
      frame.append("\033[").append(drawn.size()).append('A');
    }
    lines.forEach(line -> frame.append("\r\033[K").append(line).append('\n'));
    frame.append("\033[J");
    console.err().print(frame);
    console.err().flush();
    drawn = List.copyOf(lines);
  }
}
