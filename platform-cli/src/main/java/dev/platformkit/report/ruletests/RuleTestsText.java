package dev.platformkit.report.ruletests;

import static java.util.Objects.requireNonNull;

import dev.platformkit.rule.Failure;
import dev.platformkit.rule.RuleTestRun;
import dev.platformkit.rule.RuleTestRun.FileResult;
import dev.platformkit.terminal.Console;
import dev.platformkit.terminal.Paragraph;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What became of rule tests, for a person. */
public final class RuleTestsText {
  private static final int INDENT = 6;

  /** No narrower: a word a line helps nobody. */
  private static final int NARROW = 30;

  private final Console console;

  public RuleTestsText(Console console) {
    this.console = requireNonNull(console, "console is null");
  }

  public String of(RuleTestRun run) {
    StringBuilder text = new StringBuilder();
    int width = run.files().stream().mapToInt(f -> f.file().shownAs().length()).max().orElse(0);
    for (FileResult result : run.files()) {
      String line =
          String.format(
              Locale.ROOT,
              "%-" + width + "s  %9s  %s",
              result.file().shownAs(),
              counted(result.file().tests().size(), "test"),
              seconds(result.took()));
      text.append("  ").append(result.passed() ? console.good() : console.bad());
      text.append(' ').append(line).append('\n');
    }
    for (FileResult result : run.files()) {
      result.failures().forEach(failure -> text.append('\n').append(of(failure)));
    }
    return text.append('\n').append(summary(run)).append('\n').toString();
  }

  private String of(Failure failure) {
    StringBuilder text = new StringBuilder();
    text.append(console.bad())
        .append(' ')
        .append(failure.position().file())
        .append(':')
        .append(failure.position().line());
    if (!failure.test().isEmpty()) {
      text.append("  ").append(console.strong(failure.test()));
    }
    text.append('\n');
    failure.said().lines().forEach(line -> text.append("    ").append(line).append('\n'));
    if (!failure.ofTheWholeFile()) {
      text.append("    ").append(failure.subject()).append('\n');
      if (failure.said().isEmpty()) {
        side(text, "expected", failure.expected());
        side(text, "got     ", failure.got());
      }
    }
    return text.toString();
  }

  private void side(StringBuilder text, String label, List<String> lines) {
    if (lines.isEmpty()) {
      text.append("      ").append(label).append("  nothing\n");
      return;
    }
    String lead = label;
    int room = Math.max(NARROW, console.width() - INDENT - label.length() - 4);
    for (String line : lines) {
      String bullet = "  ";
      for (String part : Paragraph.lines(line, room)) {
        text.append(" ".repeat(INDENT)).append(lead).append(bullet).append(part).append('\n');
        lead = " ".repeat(label.length());
        bullet = "    ";
      }
    }
  }

  private String summary(RuleTestRun run) {
    long bad = run.files().stream().filter(file -> !file.passed()).count();
    String verdict = run.passed() ? "PASS" : "FAIL";
    String counts =
        counted(run.tests(), "test")
            + " in "
            + counted(run.files().size(), "file")
            + (bad == 0 ? "" : ", " + bad + " with failures");
    return console.strong(verdict)
        + "  "
        + counts
        + ", "
        + seconds(run.took())
        + ", promtool "
        + run.promtool();
  }

  private static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
