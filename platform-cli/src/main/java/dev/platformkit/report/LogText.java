package dev.platformkit.report;

import static java.util.Objects.requireNonNull;

import dev.platformkit.lifecycle.Logs;
import dev.platformkit.lifecycle.ReadableLine;
import dev.platformkit.terminal.Console;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** A log line for a person: {@code product 12:00:01.123 INFO served GetProduct trace=4bf9…}. */
public final class LogText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

  private final Console console;
  private final int sourceWidth;
  private final boolean raw;

  /**
   * @param sourceWidth columns for the name of who wrote it
   * @param raw whether lines stay as they were written
   */
  public LogText(Console console, int sourceWidth, boolean raw) {
    this.console = requireNonNull(console, "console is null");
    this.sourceWidth = sourceWidth;
    this.raw = raw;
  }

  public String of(Logs.Entry entry) {
    String source = ("%-" + Math.max(1, sourceWidth) + "s").formatted(entry.source());
    if (raw) {
      return console.faint(source) + "  " + entry.line().text();
    }
    ReadableLine line = ReadableLine.of(entry.line().text());
    String level = line.level().isEmpty() ? "" : "%-5s ".formatted(line.level());
    return console.faint(source)
        + "  "
        + console.faint(TIME.format(entry.line().time()))
        + "  "
        + (isBad(line.level()) ? console.strong(level) : level)
        + line.text();
  }

  private static boolean isBad(String level) {
    return level.startsWith("ERR") || level.startsWith("WARN") || level.startsWith("FATAL");
  }
}
