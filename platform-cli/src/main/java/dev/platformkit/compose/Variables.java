package dev.platformkit.compose;

import static java.util.Objects.requireNonNull;

import dev.platformkit.source.EnvFile;
import dev.platformkit.source.Position;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code ${NAME}} stands for: the values in env files, and names that are known to be set by
 * whoever starts the platform though their value is not known here.
 */
public record Variables(Map<String, Value> values, Set<String> setElsewhere) {
  /** No variable at all. */
  public static final Variables NONE = new Variables(Map.of(), Set.of());

  /** A value and where it is set. */
  public record Value(String text, Position position) {
    public Value {
      requireNonNull(text, "text is null");
      requireNonNull(position, "position is null");
    }
  }

  public Variables {
    values = Map.copyOf(values);
    setElsewhere = Set.copyOf(setElsewhere);
  }

  /** The variables of env files; where several set one, the last of them wins. */
  public static Variables of(List<EnvFile.Variable> lines, Set<String> setElsewhere) {
    Map<String, Value> values = new LinkedHashMap<>();
    lines.forEach(line -> values.put(line.name(), new Value(line.value(), line.position())));
    return new Variables(values, setElsewhere);
  }

  public Optional<Value> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Whether a variable has a value, known here or not. */
  public boolean isSet(String name) {
    return values.containsKey(name) || setElsewhere.contains(name);
  }

  /** The name of every variable that is set. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>(values.keySet());
    names.addAll(setElsewhere);
    return names;
  }
}
