package dev.platformkit.source;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A comment in a YAML file. The parser's own reading of comments refuses valid files, so they are
 * found apart: a {@code #} at the start of a word that no value covers.
 *
 * @param position of the {@code #}
 * @param text after the {@code #}, stripped
 * @param alone whether nothing else stands on its line
 */
public record Comment(Position position, String text, boolean alone) {
  public Comment {
    requireNonNull(position, "position is null");
    requireNonNull(text, "text is null");
  }

  /** Every comment of a YAML file, in order; none where the file is not valid YAML. */
  public static List<Comment> ofYaml(SourceFile file) {
    List<Extent> values = values(file);
    List<Comment> comments = new ArrayList<>();
    for (int number = 1; number <= file.lines().size(); number++) {
      String line = file.line(number);
      for (int i = line.indexOf('#'); i >= 0; i = line.indexOf('#', i + 1)) {
        if (startsWord(line, i) && !covered(values, number, i + 1)) {
          comments.add(comment(file, number, line, i));
          break;
        }
      }
    }
    return List.copyOf(comments);
  }

  /** Every comment of a file of {@code KEY=value} lines, where each has a line of its own. */
  public static List<Comment> ofEnv(SourceFile file) {
    List<Comment> comments = new ArrayList<>();
    for (int number = 1; number <= file.lines().size(); number++) {
      String line = file.line(number);
      if (line.strip().startsWith("#")) {
        comments.add(comment(file, number, line, line.indexOf('#')));
      }
    }
    return List.copyOf(comments);
  }

  private static Comment comment(SourceFile file, int number, String line, int i) {
    return new Comment(
        new Position(file.shownAs(), number, i + 1),
        line.substring(i + 1).strip(),
        line.substring(0, i).isBlank());
  }

  private static boolean startsWord(String line, int i) {
    return i == 0 || line.charAt(i - 1) == ' ' || line.charAt(i - 1) == '\t';
  }

  private static boolean covered(List<Extent> values, int line, int column) {
    return values.stream().anyMatch(value -> value.covers(line, column));
  }

  private static List<Extent> values(SourceFile file) {
    List<Extent> values = new ArrayList<>();
    String text = String.join("\n", file.lines()) + "\n";
    try {
      for (Event event : new Parse(LoadSettings.builder().build()).parseString(text)) {
        if (event instanceof ScalarEvent) {
          Extent.of(event, values);
        }
      }
    } catch (YamlEngineException e) {
      return List.of(new Extent(1, 1, Integer.MAX_VALUE, 1)); // told by whoever read the file
    }
    return values;
  }

  /** From a line and column to another, which is no longer part of it. */
  private record Extent(int line, int column, int endLine, int endColumn) {
    static void of(Event event, List<Extent> values) {
      event
          .getStartMark()
          .ifPresent(
              start ->
                  event
                      .getEndMark()
                      .ifPresent(
                          end ->
                              values.add(
                                  new Extent(
                                      start.getLine() + 1,
                                      start.getColumn() + 1,
                                      end.getLine() + 1,
                                      end.getColumn() + 1))));
    }

    boolean covers(int atLine, int atColumn) {
      boolean after = atLine > line || (atLine == line && atColumn >= column);
      boolean before = atLine < endLine || (atLine == endLine && atColumn < endColumn);
      return after && before;
    }
  }
}
