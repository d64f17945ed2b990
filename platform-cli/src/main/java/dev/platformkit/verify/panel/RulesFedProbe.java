package dev.platformkit.verify.panel;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.PrometheusQueries;
import dev.platformkit.backend.RuleGroup;
import dev.platformkit.backend.RuleGroup.Rule;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Every loaded rule asks for metrics that exist, of jobs that exist: one that does not is evaluated
 * all the time without an error, and never fires.
 */
final class RulesFedProbe implements Probe {
  private static final int TOLD = 5;

  private final Supplier<List<RuleGroup>> loaded;
  private final Set<String> pushed;
  private final List<String> absent;
  private final Answers answers;
  private final Supplier<PrometheusQueries> prometheus;

  /**
   * A probe.
   *
   * @param pushed metrics that are there only while something is proven with them
   * @param absent stacks that the platform was brought up without, whose metrics may be missing
   */
  RulesFedProbe(
      Supplier<List<RuleGroup>> loaded,
      Set<String> pushed,
      List<String> absent,
      Answers answers,
      Supplier<PrometheusQueries> prometheus) {
    this.loaded = requireNonNull(loaded, "loaded is null");
    this.pushed = Set.copyOf(pushed);
    this.absent = List.copyOf(absent);
    this.answers = requireNonNull(answers, "answers is null");
    this.prometheus = requireNonNull(prometheus, "prometheus is null");
  }

  @Override
  public String id() {
    return "alerts/fed";
  }

  @Override
  public String subject() {
    return "prometheus";
  }

  @Override
  public String expected() {
    return "every metric, and every job, that a loaded rule asks for exists";
  }

  @Override
  public boolean afterJourneys() {
    return true;
  }

  /** By then everything was scraped twice. */
  @Override
  public Duration patience() {
    return Duration.ofSeconds(7);
  }

  @Override
  public Finding look() {
    List<Rule> rules = loaded.get().stream().flatMap(group -> group.rules().stream()).toList();
    Set<String> names = new TreeSet<>();
    Set<String> jobs = new TreeSet<>();
    for (Rule rule : rules) {
      names.addAll(names(rule));
      jobs.addAll(jobs(rule));
    }
    Set<String> missing = new TreeSet<>(answers.missing(names));
    if (!jobs.isEmpty()) {
      jobs.removeAll(prometheus.get().labelValues("job"));
    }
    List<String> starved = new ArrayList<>();
    for (Rule rule : rules) {
      Set<String> unheard = names(rule);
      unheard.retainAll(missing);
      Set<String> unknown = jobs(rule);
      unknown.retainAll(jobs);
      if (!unheard.isEmpty()) {
        starved.add(
            "%s asks for %s, of which there is no series and which no target declares"
                .formatted(rule.name(), String.join(", ", unheard)));
      } else if (!unknown.isEmpty()) {
        starved.add(
            "%s asks for the job %s, which there is not"
                .formatted(rule.name(), String.join(", ", unknown)));
      }
    }
    if (starved.isEmpty()) {
      return Finding.pass(rules.size() + " rules");
    }
    return told(starved);
  }

  /** The metrics without which a rule has no result; absence may be what it asks for. */
  private Set<String> names(Rule rule) {
    PromQlText text = PromQlText.of(rule.query());
    Set<String> names = new TreeSet<>(text.needsAll() ? text.names() : Set.of());
    names.removeAll(pushed);
    return names;
  }

  private static Set<String> jobs(Rule rule) {
    PromQlText text = PromQlText.of(rule.query());
    return new TreeSet<>(text.needsAll() ? text.jobs() : Set.of());
  }

  private Finding told(List<String> starved) {
    Finding finding =
        absent.isEmpty()
            ? Finding.missing(starved.get(0)).on(Way.none().broken("stored", starved.get(0)))
            : Finding.skip(
                "%s: the platform was brought up without %s"
                    .formatted(starved.get(0), String.join(", ", absent)));
    for (String line : starved.subList(1, Math.min(TOLD, starved.size()))) {
      finding = finding.detail(line);
    }
    return finding;
  }
}
