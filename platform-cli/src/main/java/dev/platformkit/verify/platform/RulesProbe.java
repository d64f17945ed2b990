package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Prometheus;
import dev.platformkit.backend.RuleGroup;
import dev.platformkit.backend.RuleGroup.Rule;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Way;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Prometheus has loaded a rule file as it stands in the project, expression by expression, and
 * evaluates every rule of it, lately too.
 */
final class RulesProbe implements Probe {
  /** What is evaluated more rarely than a proof waits has to have been, two intervals ago. */
  private static final Duration AWAITED = Duration.ofSeconds(8);

  private static final Pattern SPACE = Pattern.compile("\\s+");

  private final RuleFile file;
  private final Supplier<List<RuleGroup>> loaded;
  private final Supplier<Prometheus> prometheus;
  private final Instant start;
  private final Map<String, String> formatted = new HashMap<>();

  RulesProbe(
      RuleFile file,
      Supplier<List<RuleGroup>> loaded,
      Supplier<Prometheus> prometheus,
      Instant start) {
    this.file = requireNonNull(file, "file is null");
    this.loaded = requireNonNull(loaded, "loaded is null");
    this.prometheus = requireNonNull(prometheus, "prometheus is null");
    this.start = requireNonNull(start, "start is null");
  }

  @Override
  public String id() {
    return "metrics/rules";
  }

  @Override
  public String subject() {
    return file.path();
  }

  @Override
  public String expected() {
    return "Prometheus has loaded %s and evaluates its %d rules"
        .formatted(file.path(), file.size());
  }

  /** Rules are evaluated every few seconds. */
  @Override
  public Duration pace() {
    return Duration.ofMillis(500);
  }

  @Override
  public Finding look() {
    List<RuleGroup> groups = loaded.get();
    for (RuleFile.Group group : file.groups()) {
      Optional<RuleGroup> found =
          groups.stream()
              .filter(g -> g.name().equals(group.name()) && file.isSource(g.file()))
              .findFirst();
      if (found.isEmpty()) {
        return Finding.missing("Prometheus holds no group %s of this file".formatted(group.name()));
      }
      Optional<String> problem = problem(group.rules(), found.get());
      if (problem.isPresent()) {
        return Finding.missing("group %s: %s".formatted(group.name(), problem.get()));
      }
    }
    return Finding.pass(file.size() + " rules");
  }

  private Optional<String> problem(List<RuleFile.Rule> expected, RuleGroup group) {
    List<Rule> found = group.rules();
    for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
      if (i >= found.size()) {
        return Optional.of("rule " + expected.get(i).name() + " is not loaded");
      }
      if (i >= expected.size()) {
        return Optional.of("rule " + found.get(i).name() + " is loaded and not in the file");
      }
      Rule rule = found.get(i);
      Optional<String> difference = difference(expected.get(i), rule).or(() -> health(rule));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return isEvaluated(group)
        ? Optional.empty()
        : Optional.of(
            group.lastEvaluation().equals(Instant.EPOCH)
                ? "it was never evaluated"
                : "it was last evaluated at %s, though that is due every %d s"
                    .formatted(group.lastEvaluation(), group.interval().toSeconds()));
  }

  private boolean isEvaluated(RuleGroup group) {
    Instant due =
        group.interval().compareTo(AWAITED) <= 0
            ? start
            : Instant.now().minus(group.interval().multipliedBy(2));
    return !group.lastEvaluation().isBefore(due);
  }

  private static Optional<String> health(Rule rule) {
    return rule.health().equals("ok")
        ? Optional.empty()
        : Optional.of(
            "rule %s is %s %s".formatted(rule.name(), rule.health(), rule.lastError()).strip());
  }

  private Optional<String> difference(RuleFile.Rule file, Rule loaded) {
    if (!file.name().equals(loaded.name()) || file.alerting() != loaded.alerting()) {
      return Optional.of("loaded is %s, the file says %s".formatted(loaded.name(), file.name()));
    }
    if (!file.pending().equals(loaded.pending())) {
      return differs(file.name(), "for", loaded.pending(), file.pending());
    }
    if (!isSame(file.expression(), loaded.query())) {
      return differs(file.name(), "expr", loaded.query(), file.expression().strip());
    }
    if (!file.labels().equals(loaded.labels())) {
      return differs(file.name(), "labels", sorted(loaded.labels()), sorted(file.labels()));
    }
    if (!file.annotations().equals(loaded.annotations())) {
      return differs(
          file.name(), "annotations", sorted(loaded.annotations()), sorted(file.annotations()));
    }
    return Optional.empty();
  }

  private static Optional<String> differs(String rule, String what, Object loaded, Object file) {
    return Optional.of(
        "rule %s is loaded with %s: %s, the file says %s".formatted(rule, what, loaded, file));
  }

  private static Map<String, String> sorted(Map<String, String> map) {
    return new TreeMap<>(map);
  }

  /** Expressions are the same where Prometheus writes them the same. */
  private boolean isSame(String file, String loaded) {
    return SPACE.matcher(file).replaceAll("").equals(SPACE.matcher(loaded).replaceAll(""))
        || formatted(file).equals(formatted(loaded));
  }

  private String formatted(String expression) {
    return formatted.computeIfAbsent(expression, e -> prometheus.get().formatted(e));
  }

  @Override
  public Finding explain(Finding found) {
    String stored = "%.0f targets have samples of now";
    double up = prometheus.get().values("count(up)", "").values().stream().findFirst().orElse(0.0);
    Way way =
        Way.none()
            .hop("stored", up > 0, stored.formatted(up))
            .broken("rule evaluated", found.observed());
    return found.on(way).link(prometheus.get().rulesPage());
  }
}
