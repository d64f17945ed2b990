package dev.platformkit.check;

import static java.util.Objects.requireNonNull;

import dev.platformkit.source.Position;
import dev.platformkit.source.Spot;
import java.util.Comparator;
import java.util.Optional;

/**
 * Something that a check found.
 *
 * @param check the check's id
 * @param spot where, for an underline
 * @param excerpt the line as it may be shown: what is secret in it is masked
 * @param message quotes the bad value and says what is wrong with it
 * @param fix what to write instead, where that is known
 */
public record Finding(
    String check,
    Severity severity,
    Spot spot,
    String excerpt,
    String message,
    Optional<String> fix) {
  /** By place; at one place the worst first. */
  public static final Comparator<Finding> ORDER =
      Comparator.comparing((Finding finding) -> finding.position().file())
          .thenComparing(finding -> finding.position().line())
          .thenComparing(finding -> finding.position().column())
          .thenComparing(Finding::severity)
          .thenComparing(Finding::check)
          .thenComparing(Finding::message);

  public Finding {
    requireNonNull(check, "check is null");
    requireNonNull(severity, "severity is null");
    requireNonNull(spot, "spot is null");
    requireNonNull(excerpt, "excerpt is null");
    requireNonNull(message, "message is null");
    requireNonNull(fix, "fix is null");
  }

  public Position position() {
    return spot.position();
  }
}
