package dev.platformkit.source;

import static java.util.Objects.requireNonNull;

/**
 * A stretch of one line.
 *
 * @param position where it starts
 * @param width how many characters it is wide, at least one
 */
public record Spot(Position position, int width) {
  public Spot {
    requireNonNull(position, "position is null");
    width = Math.max(1, width);
  }
}
