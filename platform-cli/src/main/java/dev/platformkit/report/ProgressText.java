package dev.platformkit.report;

import dev.platformkit.lifecycle.Amounts;
import dev.platformkit.lifecycle.Progress;
import dev.platformkit.lifecycle.Progress.Cell;
import dev.platformkit.lifecycle.Progress.Row;
import dev.platformkit.terminal.Console;
import java.util.ArrayList;
import java.util.List;

/**
 * A platform on its way up, one row per stack:
 *
 * <pre>
 *   data        ✓ postgres 2.1s   ✓ nats 0.3s
 *   logging     ◌ elasticsearch starting 12s   ✓ filebeat 1.0s
 * </pre>
 */
public final class ProgressText {
  private ProgressText() {}

  /** All rows, as lines that fit the terminal. */
  public static List<String> lines(Progress progress, Console console) {
    List<String> lines = new ArrayList<>();
    progress.rows().forEach(row -> lines.addAll(lines(row, console)));
    return lines;
  }

  static List<String> lines(Row row, Console console) {
    return Cells.row(
        row.stack(), row.cells().stream().map(cell -> cell(cell, console)).toList(), console);
  }

  private static String cell(Cell cell, Console console) {
    String time = cell.time().map(t -> " " + Amounts.shortly(t)).orElse("");
    String note = cell.note().isEmpty() ? "" : " " + cell.note();
    return switch (cell.mark()) {
      case READY -> console.good() + " " + cell.service() + time + note;
      case STARTING -> console.busy() + " " + cell.service() + " starting" + time + note;
      case WAITING -> console.busy() + " " + cell.service() + note;
      case FAILED -> console.bad() + " " + cell.service() + time + note;
      case LEFT_OUT -> console.leftOut() + " " + cell.service() + note;
    };
  }
}
