package dev.platformkit.report;

import dev.platformkit.terminal.Console;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of a label and cells that never run over the terminal's edge: what does not fit goes on
 * under the first cell.
 */
final class Cells {
  private static final int LABEL = 14;
  private static final String GAP = "   ";
  private static final String COLOURS = "\033\\[[0-9;]*m";

  private Cells() {}

  /** The lines of one row. */
  static List<String> row(String label, List<String> cells, Console console) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder("  " + label + " ".repeat(pad(label)));
    int used = LABEL;
    boolean first = true;
    for (String cell : cells) {
      int width = width(cell) + (first ? 0 : GAP.length());
      if (!first && used + width > console.width()) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(LABEL));
        used = LABEL;
        first = true;
        width = width(cell);
      }
      line.append(first ? "" : GAP).append(cell);
      used += width;
      first = false;
    }
    lines.add(line.toString());
    return lines;
  }

  private static int pad(String label) {
    return Math.max(1, LABEL - 2 - label.length());
  }

  /** How many columns a text takes. */
  static int width(String text) {
    return text.replaceAll(COLOURS, "").length();
  }
}
