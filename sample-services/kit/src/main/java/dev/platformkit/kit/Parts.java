package dev.platformkit.kit;

import static java.util.Objects.requireNonNull;

import dev.platformkit.kit.selector.Selection;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which of its implementations each exchangeable part of the kit has in this process:
 *
 * <pre>
 * SELECTOR   which instance takes the next call: random (if nothing is said) or round_robin
 * </pre>
 */
public record Parts(Selection selector) {
  public Parts {
    requireNonNull(selector, "selector is null");
  }

  /**
   * The parts that these variables choose.
   *
   * @throws IllegalArgumentException naming the variable that makes no sense, and what would
   */
  public static Parts of(Map<String, String> variables) {
    return new Parts(choice(variables, "SELECTOR", Selection.RANDOM));
  }

  private static <E extends Enum<E>> E choice(
      Map<String, String> variables, String name, E otherwise) {
    String value = variables.get(name);
    if (value == null || value.isBlank()) {
      return otherwise;
    }
    E[] choices = otherwise.getDeclaringClass().getEnumConstants();
    return Arrays.stream(choices)
        .filter(choice -> written(choice).equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    Arrays.stream(choices)
                        .map(Parts::written)
                        .collect(
                            Collectors.joining(", ", name + "=" + value + " is none of: ", ""))));
  }

  private static String written(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
