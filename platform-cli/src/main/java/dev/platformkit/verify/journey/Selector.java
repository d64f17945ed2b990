package dev.platformkit.verify.journey;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A series selector of PromQL, the one form in which a rise can be read from raw samples:
 *
 * <pre>
 * grpc_server_handled_total{service="cart",method="AddItem",code=~"OK|ALREADY_EXISTS"}
 * </pre>
 */
public record Selector(String metric, List<Condition> conditions) {
  private static final Pattern WHOLE =
      Pattern.compile("\\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(?:\\{(.*)\\})?\\s*", Pattern.DOTALL);
  private static final Pattern CONDITION =
      Pattern.compile(
          "\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!~|!=|=)\\s*"
              + "(?:\"((?:[^\"\\\\]|\\\\.)*)\"|'((?:[^'\\\\]|\\\\.)*)')\\s*(,|$)");

  /** What a label has to be. */
  public record Condition(String label, String operator, String value) {
    public Condition {
      requireNonNull(label, "label is null");
      requireNonNull(operator, "operator is null");
      requireNonNull(value, "value is null");
    }

    private boolean holds(String seen) {
      return switch (operator) {
        case "=" -> seen.equals(value);
        case "!=" -> !seen.equals(value);
        case "=~" -> Pattern.matches(value, seen);
        default -> !Pattern.matches(value, seen);
      };
    }
  }

  public Selector {
    requireNonNull(metric, "metric is null");
    conditions = List.copyOf(conditions);
  }

  /** Reads a selector; empty where the text is any other expression. */
  public static Optional<Selector> parse(String text) {
    Matcher whole = WHOLE.matcher(text);
    if (!whole.matches()) {
      return Optional.empty();
    }
    List<Condition> conditions = new ArrayList<>();
    String rest = whole.group(2) == null ? "" : whole.group(2);
    Matcher condition = CONDITION.matcher(rest);
    int at = 0;
    while (at < rest.length()) {
      if (rest.substring(at).isBlank()) {
        break;
      }
      if (!condition.region(at, rest.length()).lookingAt()) {
        return Optional.empty();
      }
      String value = condition.group(3) == null ? condition.group(4) : condition.group(3);
      conditions.add(new Condition(condition.group(1), condition.group(2), value));
      at = condition.end();
    }
    return Optional.of(new Selector(whole.group(1), conditions));
  }

  /** The one value that a label must have; empty where the selector leaves it open. */
  public Optional<String> value(String label) {
    return conditions.stream()
        .filter(c -> c.label().equals(label) && c.operator().equals("="))
        .map(Condition::value)
        .findFirst();
  }

  /** Whether a series with these labels is selected, as far as its labels go. */
  public boolean matches(Map<String, String> labels) {
    return conditions.stream().allMatch(c -> c.holds(labels.getOrDefault(c.label(), "")));
  }

  /** Whether some series could be selected by both. */
  public boolean overlaps(Selector other) {
    if (!metric.equals(other.metric)) {
      return false;
    }
    return conditions.stream()
        .filter(c -> c.operator().equals("="))
        .allMatch(c -> other.value(c.label()).map(v -> v.equals(c.value())).orElse(true));
  }
}
