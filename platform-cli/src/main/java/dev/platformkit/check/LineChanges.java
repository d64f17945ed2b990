package dev.platformkit.check;

import java.util.ArrayList;
import java.util.List;

/** How one text differs from another, line by line, for files of a page's length. */
final class LineChanges {
  private static final int CONTEXT = 3;

  private LineChanges() {}

  /** Both texts as one: {@code -} before lines that go, {@code +} before those that come. */
  static String between(String before, String after) {
    List<String> all = merged(before.lines().toList(), after.lines().toList());
    StringBuilder text = new StringBuilder();
    boolean left = false;
    for (int i = 0; i < all.size(); i++) {
      if (nearAChange(all, i)) {
        text.append(left && !text.isEmpty() ? " …\n" : "").append(all.get(i)).append('\n');
        left = false;
      } else {
        left = true;
      }
    }
    return text.toString();
  }

  private static boolean nearAChange(List<String> lines, int at) {
    for (int i = Math.max(0, at - CONTEXT); i <= Math.min(lines.size() - 1, at + CONTEXT); i++) {
      if (lines.get(i).charAt(0) != ' ') {
        return true;
      }
    }
    return false;
  }

  /** By the longest common sequence of lines. */
  private static List<String> merged(List<String> before, List<String> after) {
    int[][] common = new int[before.size() + 1][after.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = after.size() - 1; j >= 0; j--) {
        common[i][j] =
            before.get(i).equals(after.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    List<String> lines = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
        lines.add(" " + before.get(i++));
        j++;
      } else if (j == after.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
        lines.add("-" + before.get(i++));
      } else {
        lines.add("+" + after.get(j++));
      }
    }
    return lines;
  }
}
