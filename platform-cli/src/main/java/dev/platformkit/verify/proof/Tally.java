package dev.platformkit.verify.proof;

import dev.platformkit.backend.Elasticsearch.Line;
import dev.platformkit.engine.LogLine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lines written against lines stored, compared one by one. */
final class Tally {
  private static final int SHOWN = 160;

  private int written;
  private int stored;
  private int doubled;
  private int altered;
  private String missing;

  /**
   * Compares.
   *
   * @param written lines by container id
   * @param stored what the store found, of whatever container
   */
  static Tally of(Map<String, List<LogLine>> written, List<Line> stored) {
    Tally tally = new Tally();
    written.forEach(
        (container, lines) ->
            tally.compare(
                lines.stream().map(line -> line.text().stripTrailing()).toList(),
                stored.stream()
                    .filter(line -> line.containerId().equals(container))
                    .map(Line::original)
                    .toList()));
    return tally;
  }

  private void compare(List<String> texts, List<String> originals) {
    Map<String, Integer> open = new HashMap<>();
    originals.forEach(text -> open.merge(text, 1, Integer::sum));
    written += texts.size();
    for (String text : texts) {
      int left = open.getOrDefault(text, 0);
      if (left > 0) {
        open.put(text, left - 1);
        stored++;
      } else if (missing == null) {
        missing = text;
      }
    }
    open.forEach(
        (text, left) -> {
          if (texts.contains(text)) {
            doubled += left;
          } else {
            altered += left;
          }
        });
  }

  void add(Tally other) {
    written += other.written;
    stored += other.stored;
    doubled += other.doubled;
    altered += other.altered;
  }

  int written() {
    return written;
  }

  int stored() {
    return stored;
  }

  int doubled() {
    return doubled;
  }

  /** How many are stored that were not written so. */
  int altered() {
    return altered;
  }

  boolean isExact() {
    return stored == written && doubled == 0 && altered == 0;
  }

  /** The first line that is not stored, shortened for people. */
  Optional<String> firstMissing() {
    return Optional.ofNullable(missing).map(Tally::shortened);
  }

  /** A line as it is shown to people. */
  static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  /** The counts in one breath: {@code 23 of 23}. */
  String summary() {
    return stored + " of " + written;
  }

  @Override
  public String toString() {
    return "%s stored%s%s"
        .formatted(
            summary(),
            doubled == 0 ? "" : ", " + doubled + " more than once",
            altered == 0 ? "" : ", " + altered + " that the engine's log does not hold");
  }
}
