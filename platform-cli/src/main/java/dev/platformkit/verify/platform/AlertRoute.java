package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Alertmanager.Matcher;
import dev.platformkit.source.Node;
import dev.platformkit.verify.platform.RuleAlert.Match;
import java.time.Duration;
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
 * @param held what may keep it from telling an alert soon, for people; empty where nothing does
 */
record AlertRoute(
    String receiver,
    List<Matcher> matchers,
    boolean continues,
    Optional<String> held,
    List<AlertRoute> routes) {
  /** Who is on call is to hear of an alert by then. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  /** And by then of one more of a group of which others were told. */
  private static final Duration LONGEST_INTERVAL = Duration.ofHours(1);

  private static final Pattern MATCHER =
      Pattern.compile("\\s*\\{?\\s*\"?([^\"=!~\\s]+)\"?\\s*(=~|!~|!=|=)\\s*(.*?)\\s*}?\\s*");

  AlertRoute {
    requireNonNull(receiver, "receiver is null");
    requireNonNull(held, "held is null");
    matchers = List.copyOf(matchers);
    routes = List.copyOf(routes);
  }

  /** Reads the root route of a whole configuration. */
  static AlertRoute read(Node configuration) {
    return read(configuration.asMapping().require("route").asMapping(), new Inherited("", "", ""));
  }

  /** What a route has from the one around it, where it does not say otherwise. */
  private record Inherited(String receiver, String delay, String interval) {
    Inherited of(Node.Mapping route) {
      return new Inherited(
          text(route, "receiver").orElse(receiver),
          text(route, "group_wait").orElse(delay),
          text(route, "group_interval").orElse(interval));
    }

    /** What takes too long, for people. */
    Optional<String> slow() {
      if (isLonger(delay, LONGEST_WAIT)) {
        return Optional.of("after a group_wait of " + delay);
      }
      return isLonger(interval, LONGEST_INTERVAL)
          ? Optional.of("after a group_interval of " + interval)
          : Optional.empty();
    }

    private static boolean isLonger(String time, Duration longest) {
      return PrometheusDuration.of(time).filter(t -> t.compareTo(longest) > 0).isPresent();
    }
  }

  private static AlertRoute read(Node.Mapping route, Inherited around) {
    Inherited own = around.of(route);
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
      routes.add(read(child.asMapping(), own));
    }
    boolean timed =
        !items(route.get("mute_time_intervals")).isEmpty()
            || !items(route.get("active_time_intervals")).isEmpty();
    return new AlertRoute(
        own.receiver(),
        matchers,
        text(route, "continue").orElse("false").equals("true"),
        timed ? Optional.of("at times") : own.slow(),
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
   * that are told. One that is told at certain times only, or late, is called so, and not by its
   * name alone.
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
      String named = held.map(why -> "%s (%s)".formatted(receiver, why)).orElse(receiver);
      ended.add(told.isEmpty() ? Set.of(named) : told);
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
