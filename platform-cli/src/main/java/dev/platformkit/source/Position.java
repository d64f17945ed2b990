package dev.platformkit.source;

import static java.util.Objects.requireNonNull;

/**
 * A place in a file, as editors and compilers write it: {@code stacks/data/compose.yaml:12:5}.
 *
 * @param file as shown to the user, relative to the project where it lies inside
 * @param line from 1
 * @param column from 1
 */
public record Position(String file, int line, int column) {
  public Position {
    requireNonNull(file, "file is null");
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
