package dev.platformkit.check;

import static java.util.Objects.requireNonNull;

import dev.platformkit.source.SourceFile;
import dev.platformkit.source.Spot;

/** A file that could not be read as what it says it is. */
public record Broken(SourceFile source, Spot spot, String reason) {
  public Broken {
    requireNonNull(source, "source is null");
    requireNonNull(spot, "spot is null");
    requireNonNull(reason, "reason is null");
  }
}
