package dev.platformkit.verify.panel;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.RuleGroup;
import dev.platformkit.backend.RuleGroup.Rule;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Way;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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

  /** What a rule cannot do without. */
  private record Needs(String rule, Set<String> metrics, Set<String> jobs) {}

  /**
   * A probe.
   *
   * @param pushed metrics that are there only while something is proven with them
   * @param absent stacks that the platform was brought up without, whose metrics may be missing
   */
  RulesFedProbe(
      Supplier<List<RuleGroup>> loaded, Set<String> pushed, List<String> absent, Answers answers) {
    this.loaded = requireNonNull(loaded, "loaded is null");
    this.pushed = Set.copyOf(pushed);
    this.absent = List.copyOf(absent);
    this.answers = requireNonNull(answers, "answers is null");
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
    List<Needs> rules =
        loaded.get().stream().flatMap(group -> group.rules().stream()).map(this::needs).toList();
    Set<String> metrics = answers.missing(all(rules, Needs::metrics));
    Set<String> jobs = answers.noJobs(all(rules, Needs::jobs));
    List<String> starved =
        rules.stream().flatMap(rule -> starved(rule, metrics, jobs).stream()).toList();
    return starved.isEmpty() ? Finding.pass(rules.size() + " rules") : told(starved);
  }

  /** Absence may be what a rule asks for: then it needs nothing. */
  private Needs needs(Rule rule) {
    PromQlText text = PromQlText.of(rule.query());
    if (!text.needsAll()) {
      return new Needs(rule.name(), Set.of(), Set.of());
    }
    Set<String> metrics = new TreeSet<>(text.names());
    metrics.removeAll(pushed);
    return new Needs(rule.name(), metrics, text.jobs());
  }

  private static Set<String> all(List<Needs> rules, Function<Needs, Set<String>> what) {
    return rules.stream().map(what).flatMap(Set::stream).collect(Collectors.toSet());
  }

  private static Optional<String> starved(Needs rule, Set<String> noMetrics, Set<String> noJobs) {
    Set<String> metrics = new TreeSet<>(rule.metrics());
    metrics.retainAll(noMetrics);
    if (!metrics.isEmpty()) {
      return Optional.of(
          "%s asks for %s, of which there is no series and which no target declares"
              .formatted(rule.rule(), String.join(", ", metrics)));
    }
    Set<String> jobs = new TreeSet<>(rule.jobs());
    jobs.retainAll(noJobs);
    return jobs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s asks for the job %s, which there is not"
                .formatted(rule.rule(), String.join(", ", jobs)));
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
