package dev.platformkit.report.findings;

import static java.util.Objects.requireNonNull;

import dev.platformkit.check.Finding;
import dev.platformkit.check.Judgement;
import dev.platformkit.check.Severity;
import dev.platformkit.terminal.Console;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Findings for a person, each with its line and what is wrong in it underlined:
 *
 * <pre>
 * error  prometheus/scrape-port  stacks/metrics/prometheus/prometheus.yml:31:21
 *    31 |       - targets: ["product:9009"]
 *       |                    ^^^^^^^^^^^^ product listens on 9464, 50051: stacks/samples/compose.yaml:41
 *   fix  product:9464        more: platform explain prometheus/scrape-port
 * </pre>
 */
public final class FindingsText {
  private static final int LEAST_BESIDE = 30;

  private final Console console;

  public FindingsText(Console console) {
    this.console = requireNonNull(console, "console is null");
  }

  /** All of them, and a line that counts. */
  public String of(Judgement judgement, Duration took) {
    StringBuilder text = new StringBuilder();
    judgement.findings().forEach(finding -> text.append(of(finding)).append('\n'));
    return text.append(summary(judgement, took)).append('\n').toString();
  }

  private String summary(Judgement judgement, Duration took) {
    String infos =
        judgement.count(Severity.INFO) == 0
            ? ""
            : ", " + counted(judgement.count(Severity.INFO), "info");
    String counts =
        judgement.findings().isEmpty()
            ? console.good() + " nothing found"
            : counted(judgement.count(Severity.ERROR), "error")
                + ", "
                + counted(judgement.count(Severity.WARNING), "warning")
                + infos;
    return counts
        + " in "
        + counted(judgement.files(), "file")
        + " by "
        + counted(judgement.checks().size(), "check")
        + String.format(Locale.ROOT, ", %.1f s", took.toMillis() / 1000.0);
  }

  private static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  /** One of them. */
  public String of(Finding finding) {
    StringBuilder text = new StringBuilder();
    text.append(console.strong(finding.severity().toString()))
        .append("  ")
        .append(finding.check())
        .append("  ")
        .append(finding.position())
        .append('\n');
    String number = String.format(Locale.ROOT, "%5d", finding.position().line());
    String gutter = " ".repeat(number.length()) + " | ";
    int room = Math.max(LEAST_BESIDE, console.width() - gutter.length());
    Shown line = Shown.of(finding, room);
    if (!line.text().isBlank()) {
      text.append(number).append(" | ").append(line.text()).append('\n');
    }
    String underline =
        line.text().isBlank() ? "" : " ".repeat(line.from()) + "^".repeat(line.width()) + " ";
    List<String> message = beside(finding.message(), underline.length(), room);
    text.append((gutter + underline + message.get(0)).stripTrailing()).append('\n');
    message.subList(1, message.size()).forEach(m -> text.append(gutter).append(m).append('\n'));
    String more = "more: platform explain " + finding.check();
    text.append("  ");
    finding
        .fix()
        .ifPresent(
            fix -> {
              boolean fits = 15 + fix.length() + more.length() <= console.width();
              text.append("fix  ").append(fix).append(fits ? "        " : "\n  ");
            });
    return text.append(console.faint(more)).append('\n').toString();
  }

  /** Broken into lines; the first stands behind the underline, or is empty if it does not fit. */
  private static List<String> beside(String message, int used, int room) {
    if (used + message.length() <= room) {
      return List.of(message);
    }
    List<String> lines = new ArrayList<>();
    boolean below = room - used < LEAST_BESIDE;
    if (below) {
      lines.add("");
    }
    StringBuilder line = new StringBuilder();
    for (String word : message.split(" ", -1)) {
      int left = lines.isEmpty() ? room - used : room;
      if (!line.isEmpty() && line.length() + 1 + word.length() > left) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  /** The part of a line that fits, and where the underline goes in it. */
  private record Shown(String text, int from, int width) {
    static Shown of(Finding finding, int room) {
      String line = finding.excerpt().replace('\t', ' ').stripTrailing();
      int from = Math.min(finding.position().column() - 1, line.length());
      int width = Math.max(1, Math.min(finding.spot().width(), line.length() - from));
      if (line.length() <= room) {
        return new Shown(line, from, width);
      }
      int start = from + Math.min(width, room / 2) <= room - 1 ? 0 : from - room / 4;
      int end = Math.min(line.length(), start + room - (start > 0 ? 2 : 1));
      String cut =
          (start > 0 ? "…" : "") + line.substring(start, end) + (end < line.length() ? "…" : "");
      int shifted = from - start + (start > 0 ? 1 : 0);
      return new Shown(cut, shifted, Math.max(1, Math.min(width, cut.length() - shifted)));
    }
  }
}
