package dev.platformkit.source;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * A text file that was read once, so that whoever judges it and whoever shows it see the same.
 *
 * @param path where it lies
 * @param shownAs how positions name it
 * @param lines its lines, without their ends
 */
public record SourceFile(Path path, String shownAs, List<String> lines) {
  public SourceFile {
    requireNonNull(path, "path is null");
    requireNonNull(shownAs, "shownAs is null");
    lines = List.copyOf(lines);
  }

  public static SourceFile of(Path path, String shownAs, String text) {
    return new SourceFile(path, shownAs, text.lines().toList());
  }

  /** The text of a line, from 1; empty beyond the end. */
  public String line(int number) {
    return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
  }

  /** The start of the file, for what concerns all of it. */
  public Spot start() {
    return new Spot(new Position(shownAs, 1, 1), 1);
  }

  /** Where a value stands; a mapping or a list is shown by its first character. */
  public Spot spot(Node node) {
    return node instanceof Node.Scalar scalar ? spot(scalar, scalar.text()) : at(node.position());
  }

  /** Where the key of an entry stands. */
  public Spot spot(Node.Mapping.Entry entry) {
    return within(entry.position(), entry.key());
  }

  /**
   * Where a part of a value stands: on its own line, or, for a value of several lines, on the first
   * of them that holds it.
   */
  public Spot spot(Node.Scalar scalar, String part) {
    Position start = scalar.position();
    if (part.isEmpty() || part.contains("\n")) {
      return at(start);
    }
    int last = start.line() + (int) scalar.text().lines().count() + 1;
    for (int number = start.line(); number <= Math.min(last, lines.size()); number++) {
      int from = number == start.line() ? start.column() - 1 : 0;
      int found = line(number).indexOf(part, Math.max(0, from));
      if (found >= 0) {
        return new Spot(new Position(shownAs, number, found + 1), part.length());
      }
    }
    return at(start);
  }

  private Spot within(Position position, String text) {
    int found = line(position.line()).indexOf(text, Math.max(0, position.column() - 1));
    return found < 0
        ? at(position)
        : new Spot(new Position(shownAs, position.line(), found + 1), text.length());
  }

  private static Spot at(Position position) {
    return new Spot(position, 1);
  }
}
