package dev.platformkit.kv;

import static java.util.Objects.requireNonNull;

import dev.platformkit.source.Spot;
import java.util.Optional;

/**
 * Something that is not right in a file.
 *
 * @param message quotes the bad value and says what is wrong with it
 * @param fix what to write instead, where that is known
 */
public record Mistake(Spot spot, String message, Optional<String> fix) {
  public Mistake {
    requireNonNull(spot, "spot is null");
    requireNonNull(message, "message is null");
    requireNonNull(fix, "fix is null");
  }

  Mistake(Spot spot, String message) {
    this(spot, message, Optional.empty());
  }

  /** On one line, for a person. */
  String line() {
    return spot.position()
        + "  "
        + message
        + fix.map(f -> "; did you mean \"" + f + "\"?").orElse("");
  }
}
