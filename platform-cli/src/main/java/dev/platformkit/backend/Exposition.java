package dev.platformkit.backend;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process shows of itself at {@code /metrics}, in Prometheus's or OpenMetrics' text. */
public record Exposition(List<Sample> samples, String text) {
  private static final Pattern LINE =
      Pattern.compile("([a-zA-Z_:][\\w:]*)\\s*(?:\\{(.*?)\\}(?=\\s))?\\s+(\\S+)(?:\\s.*)?");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_]\\w*)\\s*=\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** One value. */
  public record Sample(String name, Map<String, String> labels, double value) {
    public Sample {
      requireNonNull(name, "name is null");
      labels = Map.copyOf(labels);
    }
  }

  public Exposition {
    samples = List.copyOf(samples);
    requireNonNull(text, "text is null");
  }

  /** Asks a server for it. */
  public static Exposition of(HttpServer server) {
    return parse(server.sendGood(HttpCall.get("/metrics")).body());
  }

  /** Reads it; what is no sample is passed over. */
  public static Exposition parse(String text) {
    List<Sample> samples = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher match = LINE.matcher(line.strip());
      if (!line.startsWith("#") && match.matches()) {
        value(match.group(3))
            .ifPresent(v -> samples.add(new Sample(match.group(1), labels(match.group(2)), v)));
      }
    }
    return new Exposition(samples, text);
  }

  /** The sum of a counter's samples, with or without {@code _total}; empty where there is none. */
  public Optional<Double> sum(String counter) {
    return sum(counter, labels -> true);
  }

  /** The sum of those of a counter's samples whose labels are such. */
  public Optional<Double> sum(String counter, Predicate<Map<String, String>> such) {
    return samples.stream()
        .filter(s -> s.name().equals(counter) || s.name().equals(counter + "_total"))
        .filter(s -> such.test(s.labels()))
        .map(Sample::value)
        .reduce(Double::sum);
  }

  private static Optional<Double> value(String text) {
    try {
      return Optional.of(
          switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
          });
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new HashMap<>();
    if (text != null) {
      Matcher label = LABEL.matcher(text);
      while (label.find()) {
        labels.put(label.group(1), unescaped(label.group(2)));
      }
    }
    return labels;
  }

  private static String unescaped(String value) {
    return value.replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\");
  }
}
