package dev.platformkit.rule;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prometheus's way to write durations: {@code 55s}, {@code 1h30m}. */
final class Durations {
  private static final Pattern PART = Pattern.compile("(\\d+)(ms|[smhdwy])");
  private static final Map<String, Long> MILLIS =
      Map.of(
          "ms", 1L,
          "s", 1_000L,
          "m", 60_000L,
          "h", 3_600_000L,
          "d", 86_400_000L,
          "w", 604_800_000L,
          "y", 31_536_000_000L);

  private Durations() {}

  /** How long that is; 0 for what is none, as promtool takes a missing time. */
  static long millis(String text) {
    long sum = 0;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      sum += Long.parseLong(part.group(1)) * MILLIS.get(part.group(2));
    }
    return sum;
  }
}
