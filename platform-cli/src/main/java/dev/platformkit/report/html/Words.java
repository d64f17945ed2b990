package dev.platformkit.report.html;

import dev.platformkit.verify.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Symbols, words and numbers of the page. A symbol never stands without its word. */
final class Words {
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  private Words() {}

  static String symbol(Verdict verdict) {
    return switch (verdict) {
      case PASS, PARTIAL -> "✓";
      case SKIP -> "·";
      case INCONCLUSIVE -> "◌";
      case FAIL -> "✗";
    };
  }

  static String word(Verdict verdict) {
    return switch (verdict) {
      case PASS -> "passed";
      case SKIP -> "left out";
      case PARTIAL -> "partial";
      case INCONCLUSIVE -> "inconclusive";
      case FAIL -> "failed";
    };
  }

  /** A verdict as the page marks it: its symbol to be seen, its word to be seen or heard. */
  static void verdict(Html html, Verdict verdict, boolean wordShown) {
    html.open("span", "class", "verdict " + verdict.word())
        .element("span", symbol(verdict), "aria-hidden", "true", "class", "symbol")
        .element("span", " " + word(verdict), "class", wordShown ? "" : "heard")
        .close();
  }

  static String plural(long count, String word) {
    return count + " " + word + (count == 1 ? "" : "s");
  }

  /** {@code 429 ms}, {@code 6.1 s}. */
  static String took(Duration duration) {
    long millis = duration.toMillis();
    return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }

  /** Milliseconds with two digits after the point, to stand under each other. */
  static String millis(Duration duration) {
    return String.format(Locale.ROOT, "%.2f", duration.toNanos() / 1e6);
  }

  /** Milliseconds of an axis, no more exact than it can be read. */
  static String tick(Duration duration) {
    double millis = duration.toNanos() / 1e6;
    return String.format(Locale.ROOT, millis == 0 || millis >= 100 ? "%.0f" : "%.1f", millis);
  }

  static String number(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  static void dayAndTime(Html html, Instant instant) {
    html.element("time", DAY_AND_TIME.format(instant), "datetime", instant.toString());
  }

  static void time(Html html, Instant instant) {
    html.element("time", TIME.format(instant), "datetime", instant.toString());
  }

  /** The part of a name that may stand in an anchor. */
  static String anchor(String name) {
    return name.replaceAll("[^A-Za-z0-9-]+", "-");
  }

  /** The beginning of an id that nobody reads to its end. */
  static String brief(String id) {
    return id.length() <= 8 ? id : id.substring(0, 8);
  }
}
