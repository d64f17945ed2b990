package dev.platformkit.source;

import static java.util.Objects.requireNonNull;

/** A file is not what it says it is: not valid YAML or JSON, told with the place. */
public final class Unreadable extends RuntimeException {
  private final transient Position position;

  public Unreadable(Position position, String reason) {
    super(requireNonNull(reason, "reason is null"));
    this.position = requireNonNull(position, "position is null");
  }

  Unreadable(Position position, String reason, Throwable cause) {
    super(requireNonNull(reason, "reason is null"), cause);
    this.position = requireNonNull(position, "position is null");
  }

  public Position position() {
    return position;
  }
}
