package dev.platformkit.stack;

import static java.util.Objects.requireNonNull;

import dev.platformkit.problem.Nearest;
import dev.platformkit.problem.Problem;
import dev.platformkit.source.EnvFile;
import dev.platformkit.source.Node;
import dev.platformkit.source.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The variables that a Compose file may use, as Compose resolves them: later env files win over
 * earlier ones, and the process environment wins over all.
 */
public final class Variables {
  /** The start of a use: two dollars, or one before a name, bare or in braces with an operator. */
  private static final Pattern START =
      Pattern.compile(
          "\\$(?:(\\$)|([A-Za-z_][A-Za-z0-9_]*)|\\{([A-Za-z_][A-Za-z0-9_]*)(:?[-?+])?)");

  private final Map<String, EnvFile.Variable> fromFiles = new LinkedHashMap<>();
  private final Map<String, String> environment;

  /**
   * One use of a variable in a text.
   *
   * @param operator {@code :-}, {@code -}, {@code :?}, {@code ?}, {@code :+}, {@code +}, or empty
   * @param operand what stands after the operator
   */
  private record Use(String name, String operator, String operand) {}

  public Variables(List<EnvFile> files, Map<String, String> environment) {
    files.forEach(file -> fromFiles.putAll(file.variables()));
    this.environment = Map.copyOf(environment);
  }

  /** The value that Compose would put in for a name. */
  public Optional<String> value(String name) {
    String own = environment.get(name);
    return own != null
        ? Optional.of(own)
        : Optional.ofNullable(fromFiles.get(name)).map(EnvFile.Variable::value);
  }

  /** Where a person finds the value: in a file, in the environment, or in both. */
  public String whereSet(String name) {
    Optional<Position> file =
        Optional.ofNullable(fromFiles.get(name)).map(EnvFile.Variable::position);
    String inFile = file.map(p -> p.file() + ":" + p.line() + " " + name).orElse(name);
    return environment.containsKey(name) ? inFile + ", set in the environment" : inFile;
  }

  /** Whether the process environment decides a name, whatever the files say. */
  public boolean fromEnvironment(String name) {
    return environment.containsKey(name);
  }

  /** The one variable that makes up a whole text, {@code ${CONSUL_PORT}}; empty for any other. */
  public static Optional<String> sole(String text) {
    Matcher start = START.matcher(text);
    return start.lookingAt() && start.group(1) == null && end(text, start) == text.length()
        ? Optional.of(use(text, start).name())
        : Optional.empty();
  }

  /**
   * The text with every variable replaced.
   *
   * @param text a value of a Compose file
   * @throws Problem exit 2, with the text's place, for a variable that has neither value nor
   *     default
   */
  public String expand(Node.Scalar text) {
    return expand(text.text(), text.position());
  }

  /** The same for a part of a value. */
  String expand(String text, Position position) {
    requireNonNull(position, "position is null");
    StringBuilder expanded = new StringBuilder();
    Matcher start = START.matcher(text);
    int done = 0;
    while (start.find(done)) {
      expanded.append(text, done, start.start());
      expanded.append(start.group(1) != null ? "$" : valueOf(use(text, start), position));
      done = end(text, start);
    }
    return expanded.append(text, done, text.length()).toString();
  }

  private static Use use(String text, Matcher start) {
    if (start.group(2) != null) {
      return new Use(start.group(2), "", "");
    }
    String operator = start.group(4) == null ? "" : start.group(4);
    int end = end(text, start);
    boolean closed = text.charAt(end - 1) == '}';
    return new Use(start.group(3), operator, text.substring(start.end(), closed ? end - 1 : end));
  }

  /** Where a use ends: after the brace that closes it, whatever stands in its default. */
  private static int end(String text, Matcher start) {
    if (start.group(3) == null) {
      return start.end();
    }
    int depth = 1;
    for (int i = start.end(); i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth == 0) {
        return i + 1;
      }
    }
    return text.length();
  }

  private String valueOf(Use use, Position position) {
    Optional<String> value = value(use.name());
    if (use.operator().startsWith(":")) {
      value = value.filter(v -> !v.isEmpty());
    }
    return switch (use.operator()) {
      case ":-", "-" -> value.orElseGet(() -> expand(use.operand(), position));
      case ":+", "+" -> value.isPresent() ? expand(use.operand(), position) : "";
      default -> value.orElseThrow(() -> missing(use, position));
    };
  }

  private Problem missing(Use use, Position position) {
    Problem problem =
        Problem.usage(position + "  the variable ${" + use.name() + "} has no value")
            .detail(
                use.operand().isEmpty()
                    ? "set it in "
                        + Assembly.PORTS
                        + " or in the environment, or write a default: ${"
                        + use.name()
                        + ":-value}"
                    : use.operand());
    return Nearest.of(use.name(), fromFiles.keySet())
        .map(near -> problem.detail("did you mean ${" + near + "}?"))
        .orElse(problem);
  }
}
