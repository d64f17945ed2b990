package dev.platformkit.lifecycle;

import java.time.Duration;
import java.util.Locale;

/** Times and sizes in the words of a person. */
public final class Amounts {
  private static final double KIB = 1024;

  private Amounts() {}

  /** {@code 0.3 s}, {@code 48 s}, {@code 2 min 10 s}, {@code 3 h}, {@code 2 d}. */
  public static String duration(Duration duration) {
    long millis = Math.max(0, duration.toMillis());
    long seconds = Math.round(millis / 1000.0);
    if (millis < 9_950) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds % 60 == 0
          ? seconds / 60 + " min"
          : seconds / 60 + " min " + seconds % 60 + " s";
    }
    return seconds < 2 * 86_400 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
  }

  /** The same in as few columns as can be: {@code 0.3s}, {@code 48s}, {@code 2m10s}, {@code 3h}. */
  public static String shortly(Duration duration) {
    return duration(duration).replace("min", "m").replace(" ", "");
  }

  /** {@code 815 MiB}, {@code 1.9 GiB}. */
  public static String bytes(long bytes) {
    double mib = bytes / KIB / KIB;
    return mib < 1000
        ? String.format(Locale.ROOT, "%.0f MiB", mib)
        : String.format(Locale.ROOT, "%.1f GiB", mib / KIB);
  }

  /** {@code 1 volume}, {@code 3 volumes}. */
  public static String count(int count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
