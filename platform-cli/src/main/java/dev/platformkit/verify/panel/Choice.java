package dev.platformkit.verify.panel;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is chosen of a variable, and how Grafana writes that into a query for Prometheus.
 *
 * @param values what is chosen
 * @param many whether more than one can be, so that it is written as a regular expression
 * @param all what stands for all of them, where that is chosen
 */
record Choice(List<String> values, boolean many, Optional<String> all) {
  private static final String SPECIAL = "[$^*{}\\[\\]'+?.()|]";

  Choice {
    values = List.copyOf(values);
  }

  static Choice one(String value) {
    return new Choice(List.of(value), false, Optional.empty());
  }

  /** The first of the values alone, as a panel has it that is drawn for each of them. */
  Choice first() {
    return new Choice(values.stream().limit(1).toList(), many, Optional.empty());
  }

  /**
   * As it stands in a query.
   *
   * @param format as in {@code ${name:format}}, or nothing
   */
  String text(String format) {
    if (all.isPresent()) {
      return all.get();
    }
    return switch (format) {
      case "raw", "csv" -> String.join(",", values);
      case "pipe" -> String.join("|", values);
      case "regex" -> alternatives();
      default -> many ? alternatives() : quoted(String.join(",", values));
    };
  }

  private String alternatives() {
    String text =
        values.stream()
            .map(v -> v.replace("\\", "\\\\\\\\").replaceAll(SPECIAL, "\\\\\\\\$0"))
            .collect(Collectors.joining("|"));
    return values.size() > 1 ? "(" + text + ")" : text;
  }

  private static String quoted(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
