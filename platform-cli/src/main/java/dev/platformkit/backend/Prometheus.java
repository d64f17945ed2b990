package dev.platformkit.backend;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Prometheus's HTTP API: raw samples, exemplars, targets, rules. */
public final class Prometheus {
  private final HttpServer server;

  public Prometheus(HttpServer server) {
    this.server = requireNonNull(server, "server is null");
  }

  /** A stored sample with the time at which it was scraped. */
  public record Sample(Instant time, double value) {}

  /** A series and its raw samples, oldest first. */
  public record Series(Map<String, String> labels, List<Sample> samples) {
    public Series {
      labels = Map.copyOf(labels);
      samples = List.copyOf(samples);
    }
  }

  /** What ties a sample to the request that caused it. */
  public record Exemplar(Map<String, String> series, Map<String, String> labels, Instant time) {
    public Exemplar {
      series = Map.copyOf(series);
      labels = Map.copyOf(labels);
      requireNonNull(time, "time is null");
    }
  }

  /** A scrape target; {@code lastScrape} is the epoch where it has not been scraped yet. */
  public record Target(
      String job,
      String instance,
      String url,
      String health,
      String lastError,
      Instant lastScrape) {
    public Target {
      requireNonNull(job, "job is null");
      requireNonNull(instance, "instance is null");
      requireNonNull(url, "url is null");
      requireNonNull(health, "health is null");
      requireNonNull(lastError, "lastError is null");
      requireNonNull(lastScrape, "lastScrape is null");
    }
  }

  /** A group of rules as loaded. */
  public record RuleGroup(String name, String file, List<Rule> rules) {
    public RuleGroup {
      requireNonNull(name, "name is null");
      requireNonNull(file, "file is null");
      rules = List.copyOf(rules);
    }
  }

  /**
   * A loaded rule.
   *
   * @param health {@code ok}, {@code err}, or {@code unknown} before its first evaluation
   * @param pending how long its condition must hold; zero for a recording rule
   */
  public record Rule(
      String name,
      boolean alerting,
      String health,
      String lastError,
      Duration pending,
      Map<String, String> labels) {
    public Rule {
      requireNonNull(name, "name is null");
      requireNonNull(health, "health is null");
      requireNonNull(lastError, "lastError is null");
      requireNonNull(pending, "pending is null");
      labels = Map.copyOf(labels);
    }
  }

  /**
   * The raw samples of a selector up to now. Nothing is interpolated or extrapolated.
   *
   * @param selector a series selector without a range, for example {@code up{job="cart"}}
   */
  public List<Series> raw(String selector, Duration back) {
    JsonNode data =
        server.json(
            HttpCall.get("/api/v1/query").query("query", selector + "[" + back.toMillis() + "ms]"));
    List<Series> all = new ArrayList<>();
    for (JsonNode result : data.path("data").path("result")) {
      List<Sample> samples = new ArrayList<>();
      for (JsonNode value : result.path("values")) {
        samples.add(
            new Sample(
                seconds(value.path(0).asDouble()), Double.parseDouble(value.path(1).asText())));
      }
      all.add(new Series(labels(result.path("metric")), samples));
    }
    return List.copyOf(all);
  }

  public List<Exemplar> exemplars(String selector, Instant from, Instant to) {
    JsonNode data =
        server.json(
            HttpCall.get("/api/v1/query_exemplars")
                .query("query", selector)
                .query("start", from.toString())
                .query("end", to.toString()));
    List<Exemplar> all = new ArrayList<>();
    for (JsonNode series : data.path("data")) {
      Map<String, String> labels = labels(series.path("seriesLabels"));
      for (JsonNode exemplar : series.path("exemplars")) {
        all.add(
            new Exemplar(
                labels,
                labels(exemplar.path("labels")),
                seconds(exemplar.path("timestamp").asDouble())));
      }
    }
    return List.copyOf(all);
  }

  /** Every target that is scraped. */
  public List<Target> targets() {
    JsonNode data = server.json(HttpCall.get("/api/v1/targets").query("state", "active"));
    List<Target> all = new ArrayList<>();
    for (JsonNode target : data.path("data").path("activeTargets")) {
      Instant scraped = Instant.parse(target.path("lastScrape").asText());
      all.add(
          new Target(
              target.path("scrapePool").asText(),
              target.path("labels").path("instance").asText(),
              target.path("scrapeUrl").asText(),
              target.path("health").asText(),
              target.path("lastError").asText(),
              scraped.isBefore(Instant.EPOCH) ? Instant.EPOCH : scraped));
    }
    return List.copyOf(all);
  }

  /** Every loaded group of rules. */
  public List<RuleGroup> rules() {
    List<RuleGroup> all = new ArrayList<>();
    for (JsonNode group : server.json(HttpCall.get("/api/v1/rules")).at("/data/groups")) {
      List<Rule> rules = new ArrayList<>();
      for (JsonNode rule : group.path("rules")) {
        rules.add(
            new Rule(
                rule.path("name").asText(),
                rule.path("type").asText().equals("alerting"),
                rule.path("health").asText(),
                rule.path("lastError").asText(),
                Duration.ofMillis(Math.round(rule.path("duration").asDouble() * 1000)),
                labels(rule.path("labels"))));
      }
      all.add(new RuleGroup(group.path("name").asText(), group.path("file").asText(), rules));
    }
    return List.copyOf(all);
  }

  /** Where a person sees a query's result. */
  public String page(String query) {
    return server.url(HttpCall.get("/graph").query("g0.expr", query).query("g0.tab", "1"));
  }

  /** Where a person sees the targets. */
  public String targetsPage() {
    return server.url("/targets");
  }

  /** Where a person sees the rules. */
  public String rulesPage() {
    return server.url("/rules");
  }

  private static Instant seconds(double seconds) {
    return Instant.ofEpochMilli(Math.round(seconds * 1000));
  }

  private static Map<String, String> labels(JsonNode object) {
    Map<String, String> labels = new TreeMap<>();
    object.properties().forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
    return labels;
  }
}
