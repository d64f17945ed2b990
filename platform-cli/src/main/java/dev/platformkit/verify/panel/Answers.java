package dev.platformkit.verify.panel;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.PrometheusQueries;
import dev.platformkit.backend.PrometheusQueries.Reply;
import dev.platformkit.verify.Recent;
import dev.platformkit.verify.panel.PromQlText.LabelOf;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What Prometheus says to many queries, each distinct one asked once for whoever has it, and many
 * in one request: it is to cost little. A batch that is refused is halved until the query is found
 * that it was refused for. Safe for use by several threads, one of which asks at a time.
 */
final class Answers {
  private static final int BATCH = 32;
  private static final int NAMES = 64;

  /** These are made by Prometheus itself, while there are alerts. */
  private static final Set<String> BY_ITSELF = Set.of("ALERTS", "ALERTS_FOR_STATE");

  private static final List<String> SUFFIXES =
      List.of("_total", "_bucket", "_sum", "_count", "_created", "_info");

  private final Supplier<PrometheusQueries> prometheus;
  private final Supplier<Set<String>> recorded;
  private final Map<Ask, Reply> replies = new HashMap<>();
  private final Set<String> known = new HashSet<>(BY_ITSELF);
  private final Map<LabelOf, Boolean> labels = new HashMap<>();
  private final Recent<Set<String>> jobs;

  /**
   * A query.
   *
   * @param range whether it is drawn over a range of time
   */
  record Ask(String query, boolean range) {
    Ask {
      requireNonNull(query, "query is null");
    }
  }

  /**
   * Answers of a platform.
   *
   * @param recorded the names of the metrics that loaded rules record
   */
  Answers(Supplier<PrometheusQueries> prometheus, Supplier<Set<String>> recorded) {
    this.prometheus = requireNonNull(prometheus, "prometheus is null");
    this.recorded = requireNonNull(recorded, "recorded is null");
    this.jobs = new Recent<>(() -> prometheus.get().labelValues("job"));
  }

  /** Asks what has not given a number yet. */
  synchronized void ask(Collection<Ask> queries) {
    List<Ask> batched = new ArrayList<>();
    for (Ask ask : Set.copyOf(queries)) {
      if (Optional.ofNullable(replies.get(ask))
          .filter(reply -> reply.data() || reply.refusal().isPresent())
          .isPresent()) {
        continue;
      }
      if (PromQlText.of(ask.query()).isClosed()) {
        batched.add(ask);
      } else {
        alone(ask);
      }
    }
    for (int from = 0; from < batched.size(); from += BATCH) {
      together(batched.subList(from, Math.min(from + BATCH, batched.size())));
    }
    for (Ask ask : batched) {
      PromQlText text = PromQlText.of(ask.query());
      if (replies.get(ask).data() && text.needsAll()) {
        known.addAll(text.names());
      }
    }
  }

  /** What was answered to a query that was asked. */
  synchronized Reply reply(Ask ask) {
    return replies.get(ask);
  }

  /** Of these names those of which there is nothing, looked for anew where they were not found. */
  synchronized Set<String> missing(Set<String> names) {
    List<String> unknown = new ArrayList<>(new TreeSet<>(names));
    unknown.removeAll(known);
    for (int from = 0; from < unknown.size(); from += NAMES) {
      List<String> some = unknown.subList(from, Math.min(from + NAMES, unknown.size()));
      known.addAll(series("{__name__=~\"%s\"}".formatted(String.join("|", some))));
    }
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      Set<String> rules = recorded.get();
      unknown.stream().filter(n -> rules.contains(n) || isDeclared(n)).forEach(known::add);
      unknown.removeAll(known);
    }
    return Set.copyOf(unknown);
  }

  /** Of these names those that no job has. */
  Set<String> noJobs(Set<String> names) {
    Set<String> unknown = new TreeSet<>(names);
    if (!unknown.isEmpty()) {
      unknown.removeAll(jobs.get());
    }
    return unknown;
  }

  /**
   * Of these labels those that no series of their metric has, though it has series. Each is asked
   * for once: what a metric's series are told apart by does not come later.
   */
  synchronized List<LabelOf> noLabels(Set<LabelOf> wanted) {
    Map<String, Set<String>> metricsOf = new TreeMap<>();
    wanted.stream()
        .filter(each -> !labels.containsKey(each) && !each.label().equals("__name__"))
        .forEach(e -> metricsOf.computeIfAbsent(e.label(), l -> new TreeSet<>()).add(e.metric()));
    metricsOf.forEach(
        (label, metrics) -> {
          String of = "__name__=~\"%s\"".formatted(String.join("|", metrics));
          Set<String> with = series("{%s, %s!=\"\"}".formatted(of, label));
          Set<String> any = with.containsAll(metrics) ? with : series("{" + of + "}");
          for (String metric : metrics) {
            labels.put(new LabelOf(metric, label), with.contains(metric) || !any.contains(metric));
          }
        });
    return wanted.stream()
        .filter(each -> !labels.getOrDefault(each, true))
        .sorted(Comparator.comparing(LabelOf::metric).thenComparing(LabelOf::label))
        .toList();
  }

  private Set<String> series(String selector) {
    String query = "count by (__name__) (%s)".formatted(selector);
    return prometheus.get().values(query, "__name__").orElse(Map.of()).keySet();
  }

  /** The number of numbers of each, told apart by a label. */
  private void together(List<Ask> asks) {
    if (asks.size() == 1) {
      alone(asks.get(0));
      return;
    }
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < asks.size(); i++) {
      parts.add(
          "label_replace(count((\n%s\n) >= -Inf), \"q\", \"%d\", \"\", \"\")"
              .formatted(asks.get(i).query(), i));
    }
    Optional<Map<String, Double>> counts = prometheus.get().values(String.join(" or ", parts), "q");
    if (counts.isEmpty()) {
      together(asks.subList(0, asks.size() / 2));
      together(asks.subList(asks.size() / 2, asks.size()));
      return;
    }
    for (int i = 0; i < asks.size(); i++) {
      boolean data = counts.get().containsKey(Integer.toString(i));
      replies.put(asks.get(i), new Reply(Optional.empty(), data));
    }
  }

  private void alone(Ask ask) {
    replies.put(ask, prometheus.get().ask(ask.query(), ask.range()));
  }

  /** A counter's samples end otherwise than the name that it is declared with. */
  private boolean isDeclared(String name) {
    Set<String> families =
        SUFFIXES.stream()
            .filter(name::endsWith)
            .map(suffix -> name.substring(0, name.length() - suffix.length()))
            .collect(Collectors.toSet());
    return prometheus.get().isDeclared(name)
        || families.stream().anyMatch(family -> prometheus.get().isDeclared(family));
  }
}
