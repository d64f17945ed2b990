package dev.platformkit.backend;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How far a server's clock is ahead of ours (behind, where negative), as far as one answer tells.
 *
 * @param uncertainty by how much that may be wrong either way
 */
public record ClockOffset(Duration ahead, Duration uncertainty) {
  /** What two clocks may differ by where the order of two events still has to be told. */
  private static final Duration TOLERATED = Duration.ofSeconds(2);

  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

  public ClockOffset {
    requireNonNull(ahead, "ahead is null");
    requireNonNull(uncertainty, "uncertainty is null");
  }

  /** HTTP's dates are cut to the second, and the answer was made at some time in between. */
  static ClockOffset between(Instant date, Instant asked, Instant answered) {
    Duration half = Duration.between(asked, answered).dividedBy(2);
    return new ClockOffset(
        Duration.between(asked.plus(half), date.plus(HALF_A_SECOND)), HALF_A_SECOND.plus(half));
  }

  /** Whether it is too far off for certain. */
  public boolean isOff() {
    return ahead.abs().minus(uncertainty).compareTo(TOLERATED) > 0;
  }

  /** For example {@code 120 s ahead of ours}. */
  public String inWords() {
    return String.format(
        Locale.ROOT,
        "%.0f s %s ours",
        ahead.abs().toMillis() / 1000.0,
        ahead.isNegative() ? "behind" : "ahead of");
  }
}
