package dev.platformkit.backend;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A group of rules as Prometheus has loaded it.
 *
 * @param file from which, as Prometheus sees it
 * @param lastEvaluation the epoch where there was none yet
 */
public record RuleGroup(
    String name, String file, Duration interval, Instant lastEvaluation, List<Rule> rules) {
  public RuleGroup {
    requireNonNull(name, "name is null");
    requireNonNull(file, "file is null");
    requireNonNull(interval, "interval is null");
    requireNonNull(lastEvaluation, "lastEvaluation is null");
    rules = List.copyOf(rules);
  }

  /**
   * A loaded rule.
   *
   * @param health {@code ok}, {@code err}, or {@code unknown} before its first evaluation
   * @param pending how long its condition must hold; zero for a recording rule
   * @param alerts those that are pending or firing now
   */
  public record Rule(
      String name,
      String query,
      boolean alerting,
      String health,
      String lastError,
      Duration pending,
      Map<String, String> labels,
      Map<String, String> annotations,
      List<Active> alerts) {
    public Rule {
      requireNonNull(name, "name is null");
      requireNonNull(query, "query is null");
      requireNonNull(health, "health is null");
      requireNonNull(lastError, "lastError is null");
      requireNonNull(pending, "pending is null");
      labels = Map.copyOf(labels);
      annotations = Map.copyOf(annotations);
      alerts = List.copyOf(alerts);
    }
  }

  /**
   * An alert of a rule.
   *
   * @param state {@code pending} or {@code firing}
   */
  public record Active(Map<String, String> labels, String state, Instant since) {
    public Active {
      labels = Map.copyOf(labels);
      requireNonNull(state, "state is null");
      requireNonNull(since, "since is null");
    }
  }

  static RuleGroup read(JsonNode group) {
    List<Rule> rules = new ArrayList<>();
    for (JsonNode rule : group.path("rules")) {
      List<Active> alerts = new ArrayList<>();
      for (JsonNode alert : rule.path("alerts")) {
        alerts.add(
            new Active(
                Prometheus.labels(alert.path("labels")),
                alert.path("state").asText(),
                Prometheus.time(alert.path("activeAt"))));
      }
      rules.add(
          new Rule(
              rule.path("name").asText(),
              rule.path("query").asText(),
              rule.path("type").asText().equals("alerting"),
              rule.path("health").asText(),
              rule.path("lastError").asText(),
              seconds(rule.path("duration")),
              Prometheus.labels(rule.path("labels")),
              Prometheus.labels(rule.path("annotations")),
              alerts));
    }
    return new RuleGroup(
        group.path("name").asText(),
        group.path("file").asText(),
        seconds(group.path("interval")),
        Prometheus.time(group.path("lastEvaluation")),
        rules);
  }

  private static Duration seconds(JsonNode number) {
    return Duration.ofMillis(Math.round(number.asDouble() * 1000));
  }
}
