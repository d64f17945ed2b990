package dev.platformkit.terminal;

import java.util.ArrayList;
import java.util.List;

/** Text broken into lines that fit. */
public final class Paragraph {
  private Paragraph() {}

  /**
   * The words of a text in lines of a width; a word that is longer has a line of its own.
   *
   * @return at least one line
   */
  public static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split("\\s+", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
