package dev.platformkit.verify.panel;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Grafana fills into a query from the dashboard's range of time and the panel's step.
 *
 * @param rangeMs how long the dashboard's time is
 * @param scrapeMs how often Prometheus scrapes, as Grafana is told
 */
record Times(long rangeMs, long scrapeMs) {
  private static final Pattern LENGTH = Pattern.compile("(\\d+)(ms|[smhdwMy])");
  private static final long HOUR = 3_600_000;
  private static final Map<String, Long> UNITS =
      Map.of(
          "ms",
          1L,
          "s",
          1000L,
          "m",
          60_000L,
          "h",
          HOUR,
          "d",
          24 * HOUR,
          "w",
          7 * 24 * HOUR,
          "M",
          30 * 24 * HOUR,
          "y",
          365 * 24 * HOUR);

  /**
   * Times of a dashboard.
   *
   * @param from for example {@code now-15m}; what is not of that form is an hour
   * @param interval for example {@code 5s}
   */
  static Times of(String from, String interval) {
    return new Times(millis(from).orElse(HOUR), millis(interval).orElse(15_000L));
  }

  /** What the built-in variables stand for in a query. */
  Map<String, String> in(Dashboard.Query query) {
    Optional<Long> own = query.interval().flatMap(Times::millis);
    long least = own.orElse(scrapeMs);
    long step = Math.max(rangeMs / query.points(), least);
    long rate = Math.max(step + least, 4 * least);
    long now = System.currentTimeMillis();
    return Map.of(
        "__interval", text(step),
        "__interval_ms", Long.toString(step),
        "__rate_interval", text(rate),
        "__rate_interval_ms", Long.toString(rate),
        "__range", rangeMs / 1000 + "s",
        "__range_s", Long.toString(rangeMs / 1000),
        "__range_ms", Long.toString(rangeMs),
        "__from", Long.toString(now - rangeMs),
        "__to", Long.toString(now));
  }

  private static String text(long millis) {
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  private static Optional<Long> millis(String text) {
    Matcher length = LENGTH.matcher(text);
    return length.find()
        ? Optional.of(Long.parseLong(length.group(1)) * UNITS.get(length.group(2)))
        : Optional.empty();
  }
}
