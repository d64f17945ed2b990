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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a target shows of itself, in Prometheus's text format or in OpenMetrics, which has
 * exemplars. Comments and timestamps are not kept, and a line that is no sample is passed over:
 * whether a text is well formed is for Prometheus to judge.
 */
public record Exposition(List<Sample> samples, String text) {
  private static final String ACCEPTED =
      "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5";
  private static final Pattern LINE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(?:\\{(.*?)})?\\s+([-+]?(?:[0-9.]+(?:[eE][-+]?[0-9]+)?|Inf|NaN))"
              + "(?:\\s+[-+.0-9eE]+)?\\s*(?:#\\s*\\{(.*)}.*)?");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)\\s*=\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

  /**
   * One line.
   *
   * @param exemplar the labels of its exemplar; empty where it has none
   */
  public record Sample(
      String name, Map<String, String> labels, double value, Map<String, String> exemplar) {
    public Sample {
      requireNonNull(name, "name is null");
      labels = Map.copyOf(labels);
      exemplar = Map.copyOf(exemplar);
    }
  }

  public Exposition {
    samples = List.copyOf(samples);
    requireNonNull(text, "text is null");
  }

  /** Asks a server where metrics usually are. */
  public static Exposition of(HttpServer server) {
    return of(server, "/metrics");
  }

  /**
   * Asks a target.
   *
   * @param pathAndQuery encoded, for example {@code /metrics}
   */
  public static Exposition of(HttpServer server, String pathAndQuery) {
    return parse(server.sendGood(HttpCall.get(pathAndQuery).header("Accept", ACCEPTED)).body());
  }

  /**
   * Asks only for some counters and gauges, with or without {@code _total}: most of what a target
   * shows costs it more than it is worth. One that cannot tell this part is asked for all.
   */
  public static Exposition only(HttpServer server, List<String> names) {
    String some =
        names.stream()
            .flatMap(name -> Stream.of(name, name + "_total"))
            .map(name -> "name[]=" + name)
            .collect(Collectors.joining("&", "/metrics?", ""));
    HttpAnswer answer = server.send(HttpCall.get(some).header("Accept", ACCEPTED));
    Exposition part = parse(answer.isGood() ? answer.body() : "");
    return part.samples().isEmpty() ? of(server) : part;
  }

  /** Reads it. */
  public static Exposition parse(String text) {
    List<Sample> samples = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      Matcher sample = LINE.matcher(line.strip());
      if (sample.matches()) {
        samples.add(
            new Sample(
                sample.group(1),
                labels(sample.group(2)),
                number(sample.group(3)),
                labels(sample.group(4))));
      }
    }
    return new Exposition(samples, text);
  }

  /** How many series it shows of each name. */
  public Map<String, Integer> names() {
    Map<String, Integer> names = new HashMap<>();
    samples.forEach(sample -> names.merge(sample.name(), 1, Integer::sum));
    return names;
  }

  /** The samples of a name whose labels are as wanted. */
  public List<Sample> find(String name, Predicate<Map<String, String>> wanted) {
    return samples.stream()
        .filter(sample -> sample.name().equals(name) && wanted.test(sample.labels()))
        .toList();
  }

  /** The sum of a counter's samples, with or without {@code _total}; empty where there is none. */
  public Optional<Double> sum(String counter) {
    return sum(counter, labels -> true);
  }

  /** The sum of those of a counter's samples whose labels are as wanted. */
  public Optional<Double> sum(String counter, Predicate<Map<String, String>> wanted) {
    return samples.stream()
        .filter(s -> s.name().equals(counter) || s.name().equals(counter + "_total"))
        .filter(s -> wanted.test(s.labels()))
        .map(Sample::value)
        .reduce(Double::sum);
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
    return value.indexOf('\\') < 0
        ? value
        : value.replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      case "NaN" -> Double.NaN;
      default -> Double.parseDouble(text);
    };
  }
}
