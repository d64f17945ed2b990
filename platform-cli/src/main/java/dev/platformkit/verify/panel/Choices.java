package dev.platformkit.verify.panel;

import static java.util.Objects.requireNonNull;

import dev.platformkit.source.Position;
import dev.platformkit.verify.panel.Dashboard.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What is chosen of a dashboard's variables when Grafana opens it, found in the running platform.
 */
final class Choices {
  private static final Pattern USE =
      Pattern.compile("\\$(\\w+)|\\$\\{(\\w+)(?::(\\w+))?}|\\[\\[(\\w+)(?::(\\w+))?]]");
  private static final Pattern LABEL_VALUES =
      Pattern.compile(
          "\\s*label_values\\(\\s*(?:(.+),)?\\s*([a-zA-Z_]\\w*)\\s*\\)\\s*", Pattern.DOTALL);
  private static final String ALL = "$__all";

  private final Dashboard dashboard;
  private final Times times;
  private final BiFunction<Optional<String>, String, Optional<Set<String>>> labelValues;
  private final Map<String, Choice> chosen = new HashMap<>();
  private final Map<String, String> unknown = new HashMap<>();
  private final List<Lookup> lookups = new ArrayList<>();

  /**
   * What a variable's values were looked up in.
   *
   * @param selector a query for series, its own variables filled in
   * @param accepted whether Prometheus gave an answer
   */
  record Lookup(String variable, Position position, String selector, boolean accepted) {}

  /**
   * A query as it is sent.
   *
   * @param leftOut why it cannot be
   */
  record Filled(String expression, Optional<String> leftOut) {}

  /**
   * Finds all values.
   *
   * @param labelValues the values of a label in the series of a selector, or in all; empty where
   *     the selector is refused
   */
  Choices(
      Dashboard dashboard,
      Times times,
      BiFunction<Optional<String>, String, Optional<Set<String>>> labelValues) {
    this.dashboard = requireNonNull(dashboard, "dashboard is null");
    this.times = requireNonNull(times, "times is null");
    this.labelValues = requireNonNull(labelValues, "labelValues is null");
    dashboard.variables().forEach(variable -> choose(variable, new TreeSet<>()));
  }

  /** What was looked up for variables. */
  List<Lookup> lookups() {
    return List.copyOf(lookups);
  }

  /** A query of a panel, every variable filled in; one that is not declared stays as it stands. */
  Filled fill(Dashboard.Query query, Optional<String> repeats) {
    Map<String, String> builtIn = times.in(query);
    Optional<String> reason =
        USE.matcher(query.expression())
            .results()
            .map(use -> unknown.get(name(use.group(1), use.group(2), use.group(4))))
            .filter(why -> why != null)
            .findFirst();
    return new Filled(fill(query.expression(), builtIn, repeats), reason);
  }

  private String fill(String text, Map<String, String> builtIn, Optional<String> repeats) {
    return USE.matcher(text)
        .replaceAll(
            use -> {
              String name = name(use.group(1), use.group(2), use.group(4));
              String format = name(use.group(3), use.group(5), "");
              Choice choice = chosen.get(name);
              if (choice != null && repeats.filter(name::equals).isPresent()) {
                choice = choice.first();
              }
              String filled =
                  choice == null ? builtIn.getOrDefault(name, use.group()) : choice.text(format);
              return Matcher.quoteReplacement(filled.equals("$__auto") ? step(builtIn) : filled);
            });
  }

  private static String step(Map<String, String> builtIn) {
    return builtIn.getOrDefault("__interval", "1m");
  }

  private static String name(String first, String second, String third) {
    return first != null ? first : second != null ? second : third;
  }

  /** Chooses, first whatever its query uses; of those that use each other, one goes without. */
  private void choose(Variable variable, Set<String> under) {
    if (chosen.containsKey(variable.name()) || !under.add(variable.name())) {
      return;
    }
    for (Variable other : dashboard.variables()) {
      if (USE.matcher(variable.query())
          .results()
          .anyMatch(u -> other.name().equals(name(u.group(1), u.group(2), u.group(4))))) {
        choose(other, under);
      }
    }
    switch (variable.type()) {
      case "constant", "datasource" -> put(variable, Choice.one(variable.query()));
      case "textbox" ->
          put(variable, Choice.one(variable.current().stream().findFirst().orElse("")));
      case "custom" -> put(variable, choice(variable, options(variable.query())));
      case "interval" -> put(variable, interval(variable));
      case "query" -> lookUp(variable);
      default -> cannot(variable, "is of the kind " + variable.type());
    }
  }

  private void lookUp(Variable variable) {
    Matcher query = LABEL_VALUES.matcher(variable.query());
    if (!query.matches()) {
      cannot(variable, "is found by %s, not by label_values".formatted(variable.query()));
      return;
    }
    Optional<String> selector =
        Optional.ofNullable(query.group(1)).map(s -> fill(s, Map.of(), Optional.empty()).strip());
    Optional<Set<String>> found = labelValues.apply(selector, query.group(2));
    selector.ifPresent(
        s -> lookups.add(new Lookup(variable.name(), variable.position(), s, found.isPresent())));
    try {
      put(variable, choice(variable, matching(variable.regex(), found.orElse(Set.of()))));
    } catch (PatternSyntaxException e) {
      cannot(variable, "has a regex that is none here: " + variable.regex());
    }
  }

  /** Values which match, and of them what a group holds: {@code /(.+):\d+/}. */
  private static List<String> matching(String regex, Set<String> values) {
    if (regex.isEmpty()) {
      return values.stream().sorted().toList();
    }
    Pattern pattern =
        Pattern.compile(
            regex.startsWith("/") ? regex.replaceAll("^/(.*)/\\w*$", "$1") : "^" + regex + "$");
    Set<String> all = new TreeSet<>();
    for (String value : values) {
      Matcher match = pattern.matcher(value);
      if (match.find()) {
        all.add(match.groupCount() == 0 ? value : String.valueOf(match.group(1)));
      }
    }
    return List.copyOf(all);
  }

  private static Choice choice(Variable variable, List<String> options) {
    List<String> current = variable.current().stream().filter(options::contains).toList();
    if (!variable.many()) {
      String first = options.stream().findFirst().orElse("");
      return Choice.one(current.stream().findFirst().orElse(first));
    }
    return current.isEmpty() || variable.current().contains(ALL)
        ? new Choice(options, true, variable.all())
        : new Choice(current, true, Optional.empty());
  }

  private static Choice interval(Variable variable) {
    String current = variable.current().stream().findFirst().orElse("");
    if (current.startsWith("$__auto")) {
      return Choice.one("$__auto");
    }
    return Choice.one(
        current.isEmpty() ? options(variable.query()).stream().findFirst().orElse("1m") : current);
  }

  /** {@code a, b} or {@code shown : a, also shown : b}. */
  private static List<String> options(String list) {
    return Arrays.stream(list.split("(?<!\\\\),"))
        .map(option -> option.replace("\\,", ",").replaceFirst("^.+ : ", "").strip())
        .filter(option -> !option.isEmpty())
        .toList();
  }

  private void put(Variable variable, Choice choice) {
    chosen.put(variable.name(), choice);
  }

  private void cannot(Variable variable, String why) {
    unknown.put(variable.name(), "uses the variable %s, which %s".formatted(variable.name(), why));
  }
}
