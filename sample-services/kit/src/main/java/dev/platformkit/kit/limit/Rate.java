package dev.platformkit.kit.limit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much one caller gets:
 *
 * <pre>
 * RATE_LIMIT   10/s, 90/m or 5000/h: so many calls of each caller are let through, one by one and
 *              evenly spaced; where it is not set, all of them, at once
 * RATE_QUEUE   20, if nothing is said: so many of each caller wait for their turn; more are refused
 * </pre>
 *
 * @param interval from one call to the next
 * @param queue how many wait at most
 */
public record Rate(Duration interval, int queue) {
  private static final Pattern WRITTEN = Pattern.compile("([1-9]\\d{0,5})/([smh])");
  private static final Pattern WHOLE = Pattern.compile("\\d{1,4}");
  private static final int QUEUE = 20;

  public Rate {
    requireNonNull(interval, "interval is null");
    if (interval.isZero() || interval.isNegative() || queue < 0) {
      throw new IllegalArgumentException("a rate takes an interval, and a queue of 0 or more");
    }
  }

  /**
   * The rate that these variables ask for, if they do.
   *
   * @throws IllegalArgumentException naming the variable that makes no sense, and what would
   */
  public static Optional<Rate> of(Map<String, String> variables) {
    String limit = variables.getOrDefault("RATE_LIMIT", "");
    if (limit.isBlank()) {
      return Optional.empty();
    }
    Matcher written = WRITTEN.matcher(limit);
    if (!written.matches()) {
      throw new IllegalArgumentException(
          "RATE_LIMIT=" + limit + " is no rate: write 10/s, 90/m or 5000/h");
    }
    return Optional.of(
        new Rate(
            interval(Long.parseLong(written.group(1)), written.group(2)),
            queue(variables.getOrDefault("RATE_QUEUE", ""))));
  }

  /** How long the last of those who wait waits. */
  Duration longestWait() {
    return interval.multipliedBy(queue);
  }

  private static Duration interval(long calls, String unit) {
    Duration per =
        switch (unit) {
          case "s" -> Duration.ofSeconds(1);
          case "m" -> Duration.ofMinutes(1);
          default -> Duration.ofHours(1);
        };
    // Rounded up: never more than what is said.
    return Duration.ofNanos((per.toNanos() + calls - 1) / calls);
  }

  private static int queue(String written) {
    if (written.isBlank()) {
      return QUEUE;
    }
    if (!WHOLE.matcher(written).matches()) {
      throw new IllegalArgumentException("RATE_QUEUE=" + written + " is not from 0 to 9999");
    }
    return Integer.parseInt(written);
  }
}
