package dev.platformkit.engine;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One answer of {@code platform doctor}.
 *
 * @param id what was looked at
 * @param verdict how it is
 * @param observed what was seen, and what of it is wrong
 * @param fix the command that mends it
 */
public record Diagnosis(String id, Verdict verdict, String observed, Optional<String> fix) {
  /** How bad it is. */
  public enum Verdict {
    /** As it should be. */
    PASS,
    /** Works, with a limit that somebody may run into. */
    NOTE,
    /** A platform cannot run here as it is. */
    FAIL
  }

  public Diagnosis {
    requireNonNull(id, "id is null");
    requireNonNull(verdict, "verdict is null");
    requireNonNull(observed, "observed is null");
    requireNonNull(fix, "fix is null");
  }

  public static Diagnosis pass(String id, String observed) {
    return new Diagnosis(id, Verdict.PASS, observed, Optional.empty());
  }

  public static Diagnosis note(String id, String observed) {
    return new Diagnosis(id, Verdict.NOTE, observed, Optional.empty());
  }

  public static Diagnosis fail(String id, String observed) {
    return new Diagnosis(id, Verdict.FAIL, observed, Optional.empty());
  }

  /** This diagnosis with the command that mends it. */
  public Diagnosis mendedBy(String command) {
    return new Diagnosis(id, verdict, observed, Optional.of(command));
  }
}
