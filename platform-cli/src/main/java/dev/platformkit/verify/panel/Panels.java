package dev.platformkit.verify.panel;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.PrometheusQueries;
import dev.platformkit.backend.PrometheusQueries.Reply;
import dev.platformkit.verify.panel.Answers.Ask;
import dev.platformkit.verify.panel.Choices.Filled;
import dev.platformkit.verify.panel.Choices.Lookup;
import dev.platformkit.verify.panel.Dashboard.Panel;
import dev.platformkit.verify.panel.Dashboard.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What every panel of every dashboard came to, asked for all of them at once and then kept for a
 * while. Safe for use by several threads.
 */
final class Panels {
  /** A scrape later something may have come; before that, nothing can. */
  private static final long FRESH_NANOS = 2_000_000_000L;

  private final List<Dashboard> dashboards;
  private final Supplier<PrometheusQueries> prometheus;
  private final String interval;
  private final Answers answers;
  private Map<Dashboard, List<Result>> results = Map.of();
  private long at;

  /**
   * Panels.
   *
   * @param interval how often Prometheus scrapes, as Grafana is told
   */
  Panels(
      List<Dashboard> dashboards,
      String interval,
      Supplier<PrometheusQueries> prometheus,
      Answers answers) {
    this.dashboards = List.copyOf(dashboards);
    this.interval = requireNonNull(interval, "interval is null");
    this.prometheus = requireNonNull(prometheus, "prometheus is null");
    this.answers = requireNonNull(answers, "answers is null");
  }

  /** The results of a dashboard, in its order; of its variables only what is wrong. */
  synchronized List<Result> of(Dashboard dashboard) {
    if (results.isEmpty() || System.nanoTime() - at > FRESH_NANOS) {
      results = look();
      at = System.nanoTime();
    }
    return results.get(dashboard);
  }

  private Map<Dashboard, List<Result>> look() {
    Map<LabelOf, Optional<Set<String>>> labels = new HashMap<>();
    Map<Dashboard, Choices> choices = new HashMap<>();
    Set<Ask> asks = new HashSet<>();
    Set<String> names = new TreeSet<>();
    for (Dashboard dashboard : dashboards) {
      Choices chosen =
          new Choices(
              dashboard,
              Times.of(dashboard.from(), interval),
              (selector, label) ->
                  labels.computeIfAbsent(new LabelOf(selector, label), this::lookUp));
      choices.put(dashboard, chosen);
      chosen.lookups().forEach(lookup -> names.addAll(PromQlText.of(lookup.selector()).names()));
      for (Panel panel : dashboard.panels()) {
        for (Query query : panel.queries()) {
          Filled filled = chosen.fill(query, panel.repeats());
          if (filled.leftOut().isEmpty()) {
            asks.add(new Ask(filled.expression(), query.range()));
            names.addAll(PromQlText.of(filled.expression()).names());
          }
        }
      }
    }
    answers.ask(asks);
    Set<String> missing = answers.missing(names);
    Map<Dashboard, List<Result>> all = new HashMap<>();
    choices.forEach((dashboard, chosen) -> all.put(dashboard, results(dashboard, chosen, missing)));
    return all;
  }

  private record LabelOf(Optional<String> selector, String label) {}

  private Optional<Set<String>> lookUp(LabelOf lookup) {
    PrometheusQueries asked = prometheus.get();
    return lookup.selector().isEmpty()
        ? Optional.of(asked.labelValues(lookup.label()))
        : asked.labelValues(lookup.selector().get(), lookup.label());
  }

  private List<Result> results(Dashboard dashboard, Choices choices, Set<String> missing) {
    List<Result> all = new ArrayList<>();
    choices.lookups().forEach(lookup -> ofVariable(lookup, missing).ifPresent(all::add));
    for (Panel panel : dashboard.panels()) {
      List<Result> parts = new ArrayList<>();
      panel
          .leftOut()
          .ifPresent(
              why ->
                  parts.add(
                      new Result(panel.title(), panel.position(), Outcome.LEFT_OUT, why, "")));
      for (Query query : panel.queries()) {
        parts.add(ofQuery(panel, query, choices.fill(query, panel.repeats()), missing));
      }
      parts.stream().reduce(Result::with).ifPresent(all::add);
    }
    return List.copyOf(all);
  }

  private static Optional<Result> ofVariable(Lookup lookup, Set<String> missing) {
    String title = "variable " + lookup.variable();
    if (!lookup.accepted()) {
      String why = "Prometheus refuses what its values are looked up in";
      return Optional.of(
          new Result(title, lookup.position(), Outcome.BROKEN, why, lookup.selector()));
    }
    return noSeries(lookup.selector(), missing)
        .map(why -> new Result(title, lookup.position(), Outcome.MISSING, why, lookup.selector()));
  }

  private Result ofQuery(Panel panel, Query query, Filled filled, Set<String> missing) {
    String text = filled.expression();
    if (filled.leftOut().isPresent()) {
      String why = filled.leftOut().get();
      return new Result(panel.title(), query.position(), Outcome.LEFT_OUT, why, "");
    }
    Reply reply = answers.reply(new Ask(text, query.range()));
    if (reply.refusal().isPresent()) {
      String why = reply.refusal().get();
      return new Result(panel.title(), query.position(), Outcome.BROKEN, why, text);
    }
    return noSeries(text, missing)
        .or(() -> reply.data() ? Optional.empty() : noJob(text).or(() -> noLabel(text)))
        .map(why -> new Result(panel.title(), query.position(), Outcome.MISSING, why, text))
        .orElseGet(
            () -> {
              Outcome outcome = reply.data() ? Outcome.DATA : Outcome.EMPTY;
              return new Result(panel.title(), query.position(), outcome, "", text);
            });
  }

  /** Where nothing comes, a job may be named that is none. */
  private Optional<String> noJob(String expression) {
    Set<String> names = answers.noJobs(PromQlText.of(expression).jobs());
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of("there is no job " + String.join(", ", names));
  }

  /** Or a label that the metric does not have. */
  private Optional<String> noLabel(String expression) {
    return answers.noLabels(PromQlText.of(expression).labels()).stream()
        .findFirst()
        .map(of -> "no series of %s has a label %s".formatted(of.metric(), of.label()));
  }

  private static Optional<String> noSeries(String expression, Set<String> missing) {
    Set<String> names = new TreeSet<>(PromQlText.of(expression).names());
    names.retainAll(missing);
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of("there is no series of " + String.join(", ", names));
  }
}
