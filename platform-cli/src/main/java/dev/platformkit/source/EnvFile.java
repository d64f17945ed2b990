package dev.platformkit.source;

import static java.util.Objects.requireNonNull;

import dev.platformkit.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of {@code NAME=value} lines as Compose's {@code --env-file} reads it, each value with its
 * place.
 *
 * @param variables by name, in the order of the file; the last of several wins
 */
public record EnvFile(Map<String, Variable> variables) {
  private static final Pattern LINE =
      Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*?)\\s*");

  /** One line's variable. */
  public record Variable(String name, String value, Position position) {
    public Variable {
      requireNonNull(name, "name is null");
      requireNonNull(value, "value is null");
      requireNonNull(position, "position is null");
    }
  }

  public EnvFile {
    variables = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(variables));
  }

  /**
   * Reads a file; one that does not exist has no variables.
   *
   * @param shownAs how positions name it
   * @throws Problem exit 2 for a line that is none of {@code NAME=value}, comment or blank
   */
  public static EnvFile read(Path path, String shownAs) {
    if (!Files.exists(path)) {
      return new EnvFile(Map.of());
    }
    try {
      return parse(Files.readAllLines(path), shownAs);
    } catch (IOException e) {
      throw Problem.usage("cannot read " + shownAs + ": " + e).causedBy(e);
    }
  }

  /** Reads lines; positions name them {@code shownAs}. */
  public static EnvFile parse(List<String> lines, String shownAs) {
    Map<String, Variable> variables = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank() || line.stripLeading().startsWith("#")) {
        continue;
      }
      Position position = new Position(shownAs, i + 1, 1);
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw Problem.usage(position + "  expected NAME=value, found \"" + line.strip() + "\"");
      }
      String name = matcher.group(1);
      variables.put(name, new Variable(name, value(matcher.group(2)), position));
    }
    return new EnvFile(variables);
  }

  /** Every line that is of the form {@code NAME=value}; what else stands there is passed over. */
  public static List<Variable> wellFormed(List<String> lines, String shownAs) {
    List<Variable> variables = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher matcher = LINE.matcher(lines.get(i));
      if (matcher.matches()) {
        Position position = new Position(shownAs, i + 1, matcher.start(1) + 1);
        variables.add(new Variable(matcher.group(1), value(matcher.group(2)), position));
      }
    }
    return List.copyOf(variables);
  }

  private static String value(String written) {
    if (written.length() > 1 && (written.startsWith("'") || written.startsWith("\""))) {
      int end = written.indexOf(written.charAt(0), 1);
      if (end > 0) {
        return written.substring(1, end);
      }
    }
    int comment = written.indexOf(" #");
    return comment < 0 ? written : written.substring(0, comment).stripTrailing();
  }

  /** The values alone, by name. */
  public Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    variables.forEach((name, variable) -> values.put(name, variable.value()));
    return values;
  }
}
