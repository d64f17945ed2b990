package dev.platformkit.shop.user;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps out who tries passwords. Each attempt is counted before it is judged, so that many at a
 * time are no more than one after the other; whoever gets in is counted anew.
 */
interface LockOut {
  /** Counts an attempt, unless it is refused. */
  Attempt attempt(String name, Instant now);

  /** The attempt has succeeded. */
  void succeeded(String name);

  /** A chance to forget attempts that do not count any more. */
  void forget(Instant now);

  /**
   * An attempt that may be made, unless it is refused.
   *
   * @param last those that follow are refused, until this one succeeds or a while has passed
   */
  record Attempt(boolean last, Optional<Instant> refusedUntil) {
    static Attempt refused(Instant until) {
      return new Attempt(false, Optional.of(until));
    }
  }

  /**
   * How many failures in a row are too many, and how long one is kept out then.
   *
   * @param within failures that are longer ago do not count
   */
  record Rule(int failures, Duration within, Duration lock) {
    public Rule {
      if (failures < 1 || lock.isNegative() || lock.isZero()) {
        throw new IllegalArgumentException("a lock-out takes at least one failure and one second");
      }
    }

    /**
     * Five within a quarter of an hour, for a minute, where nothing else is said.
     *
     * @throws IllegalArgumentException naming the variable that makes no sense
     */
    static Rule of(Map<String, String> variables) {
      return new Rule(
          whole(variables, "LOCKOUT_FAILURES", 5),
          Duration.ofMinutes(15),
          Duration.ofSeconds(whole(variables, "LOCKOUT_SECONDS", 60)));
    }

    private static int whole(Map<String, String> variables, String name, int otherwise) {
      String text = variables.getOrDefault(name, "");
      if (text.isBlank()) {
        return otherwise;
      }
      if (!text.matches("[1-9]\\d{0,5}")) {
        throw new IllegalArgumentException(name + " is " + text + ", not from 1 to 999999");
      }
      return Integer.parseInt(text);
    }
  }
}
