package dev.platformkit.terminal;

import java.time.Duration;
import java.util.Locale;

/** A length of time as a person reads it at a glance: {@code 0.4s}, {@code 40s}, {@code 2m10s}. */
public final class Took {
  private Took() {}

  public static String words(Duration time) {
    long millis = time.toMillis();
    if (millis < 10_000) {
      return String.format(Locale.ROOT, "%.1fs", millis / 1000.0);
    }
    long seconds = time.toSeconds();
    if (seconds < 60) {
      return seconds + "s";
    }
    return seconds < 3600
        ? "%dm%02ds".formatted(seconds / 60, seconds % 60)
        : "%dh%02dm".formatted(seconds / 3600, seconds / 60 % 60);
  }

  /** The same for what is only estimated: {@code about 4 min}, {@code about 30 s}. */
  public static String about(Duration time) {
    long seconds = time.toSeconds();
    return seconds < 90
        ? "about " + Math.max(10, (seconds + 9) / 10 * 10) + " s"
        : "about " + (seconds + 59) / 60 + " min";
  }
}
