package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Alertmanager.Matcher;
import dev.platformkit.source.Node;
import dev.platformkit.verify.platform.RuleAlert.Match;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A route of Alertmanager's configuration, and where it leads alerts to.
 *
 * <pre>
 * receiver: alert-inbox
 * routes:
 *   - receiver: pager
 *     matchers: ['severity = "critical"']
 *     continue: true
 * </pre>
 *
 * @param continues whether an alert that it catches is shown to the routes after it too
 * @param timed whether it tells alerts at certain times only
 */
record AlertRoute(
    String receiver,
    List<Matcher> matchers,
    boolean continues,
    boolean timed,
    List<AlertRoute> routes) {
  private static final Pattern MATCHER =
      Pattern.compile("\\s*\\{?\\s*\"?([^\"=!~\\s]+)\"?\\s*(=~|!~|!=|=)\\s*(.*?)\\s*}?\\s*");

  AlertRoute {
    requireNonNull(receiver, "receiver is null");
    matchers = List.copyOf(matchers);
    routes = List.copyOf(routes);
  }

  /** Reads the root route of a whole configuration. */
  static AlertRoute read(Node configuration) {
    return read(configuration.asMapping().require("route").asMapping(), "");
  }

  private static AlertRoute read(Node.Mapping route, String inherited) {
    String receiver = text(route, "receiver").orElse(inherited);
    List<Matcher> matchers = new ArrayList<>();
    for (Node matcher : items(route.get("matchers"))) {
      matchers.add(matcher(matcher.asText()));
    }
    for (String old : List.of("match", "match_re")) {
      route
          .get(old)
          .ifPresent(
              node ->
                  node.asMapping()
                      .entries()
                      .forEach(
                          e ->
                              matchers.add(
                                  new Matcher(
                                      e.key(), e.value().asText(), old.equals("match_re"), true))));
    }
    List<AlertRoute> routes = new ArrayList<>();
    for (Node child : items(route.get("routes"))) {
      routes.add(read(child.asMapping(), receiver));
    }
    return new AlertRoute(
        receiver,
        matchers,
        text(route, "continue").orElse("false").equals("true"),
        !items(route.get("mute_time_intervals")).isEmpty()
            || !items(route.get("active_time_intervals")).isEmpty(),
        routes);
  }

  private static Matcher matcher(String text) {
    java.util.regex.Matcher parts = MATCHER.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("no matcher: " + text);
    }
    String operator = parts.group(2);
    String value = parts.group(3);
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return new Matcher(
        parts.group(1),
        quoted ? value.substring(1, value.length() - 1).replace("\\\"", "\"") : value,
        operator.endsWith("~"),
        operator.startsWith("="));
  }

  /**
   * Every way that a rule's alerts may go from here, given that they came here: each the receivers
   * that are told. One that is told at certain times only is called so, and not by its name alone.
   */
  Set<Set<String>> outcomes(RuleAlert alert) {
    Set<Set<String>> ended = new LinkedHashSet<>();
    Set<Set<String>> onTheirWay = Set.of(Set.of());
    for (AlertRoute child : routes) {
      Match match = alert.match(child.matchers());
      if (match == Match.NO) {
        continue;
      }
      Set<Set<String>> caught = new LinkedHashSet<>();
      for (Set<String> told : onTheirWay) {
        child.outcomes(alert).forEach(more -> caught.add(union(told, more)));
      }
      Set<Set<String>> after = new LinkedHashSet<>(match == Match.MAYBE ? onTheirWay : Set.of());
      (child.continues() ? after : ended).addAll(caught);
      onTheirWay = after;
    }
    for (Set<String> told : onTheirWay) {
      ended.add(told.isEmpty() ? Set.of(timed ? receiver + " (at times)" : receiver) : told);
    }
    return ended;
  }

  private static Set<String> union(Set<String> some, Set<String> more) {
    Set<String> all = new TreeSet<>(some);
    all.addAll(more);
    return all;
  }

  private static Optional<String> text(Node.Mapping mapping, String key) {
    return mapping.get(key).map(Node::asText);
  }

  private static List<Node> items(Optional<Node> list) {
    return list.map(node -> node.asSequence().items()).orElse(List.of());
  }
}
