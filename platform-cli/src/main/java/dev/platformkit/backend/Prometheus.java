package dev.platformkit.backend;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

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

    public Optional<Sample> last() {
      return samples.isEmpty() ? Optional.empty() : Optional.of(samples.get(samples.size() - 1));
    }

    /** The last sample, where it was scraped after this moment. */
    public Optional<Sample> lastAfter(Instant moment) {
      return last().filter(sample -> sample.time().isAfter(moment));
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

  /**
   * A scrape target.
   *
   * @param job the job of the configuration, whatever label {@code job} it was given
   * @param labels what every one of its samples is labelled with
   * @param lastScrape the epoch where it has not been scraped yet
   */
  public record Target(
      String job,
      Map<String, String> labels,
      String url,
      String health,
      String lastError,
      Instant lastScrape) {
    public Target {
      requireNonNull(job, "job is null");
      labels = Map.copyOf(labels);
      requireNonNull(url, "url is null");
      requireNonNull(health, "health is null");
      requireNonNull(lastError, "lastError is null");
      requireNonNull(lastScrape, "lastScrape is null");
    }
  }

  /**
   * A target that was found and is not scraped, because relabelling dropped it.
   *
   * @param url where it would have been scraped
   */
  public record Dropped(String job, String url) {
    public Dropped {
      requireNonNull(job, "job is null");
      requireNonNull(url, "url is null");
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
      all.add(
          new Target(
              target.path("scrapePool").asText(),
              labels(target.path("labels")),
              target.path("scrapeUrl").asText(),
              target.path("health").asText(),
              target.path("lastError").asText(),
              time(target.path("lastScrape"))));
    }
    return List.copyOf(all);
  }

  /** Every target that was found, and dropped by relabelling. */
  public List<Dropped> dropped() {
    JsonNode data = server.json(HttpCall.get("/api/v1/targets").query("state", "dropped"));
    List<Dropped> all = new ArrayList<>();
    for (JsonNode target : data.path("data").path("droppedTargets")) {
      JsonNode found = target.path("discoveredLabels");
      all.add(
          new Dropped(
              found.path("job").asText(),
              found.path("__scheme__").asText()
                  + "://"
                  + found.path("__address__").asText()
                  + found.path("__metrics_path__").asText()));
    }
    return List.copyOf(all);
  }

  /**
   * How many series of each name have a sample that was scraped lately.
   *
   * @param selector which series, for example {@code {job="cart"}}
   * @param back how long ago at most
   */
  public Map<String, Integer> names(String selector, Duration back) {
    String query =
        "count by (__name__) (last_over_time(%s[%dms]))".formatted(selector, back.toMillis());
    return values(query, "__name__").entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().intValue()));
  }

  /** The values of an instant query, by one of the labels of its results. */
  public Map<String, Double> values(String query, String label) {
    JsonNode data = server.json(HttpCall.get("/api/v1/query").query("query", query));
    Map<String, Double> values = new TreeMap<>();
    for (JsonNode result : data.path("data").path("result")) {
      values.put(
          result.path("metric").path(label).asText(),
          Double.parseDouble(result.path("value").path(1).asText()));
    }
    return values;
  }

  /** An expression as Prometheus itself writes it. */
  public String formatted(String expression) {
    return server
        .json(HttpCall.get("/api/v1/format_query").query("query", expression))
        .path("data")
        .asText();
  }

  /** Whether it keeps exemplars at all. */
  public boolean keepsExemplars() {
    return server
        .json(HttpCall.get("/api/v1/status/flags"))
        .at("/data/enable-feature")
        .asText()
        .contains("exemplar-storage");
  }

  /** The configuration that it runs with, as YAML. */
  public String configuration() {
    return server.json(HttpCall.get("/api/v1/status/config")).at("/data/yaml").asText();
  }

  /** Where it sends alerts. */
  public List<String> alertmanagers() {
    List<String> urls = new ArrayList<>();
    server
        .json(HttpCall.get("/api/v1/alertmanagers"))
        .at("/data/activeAlertmanagers")
        .forEach(each -> urls.add(each.path("url").asText()));
    return List.copyOf(urls);
  }

  /** How far its clock is ahead of ours; empty where it does not tell. */
  public Optional<ClockOffset> clock() {
    return server.clock(HttpCall.get("/-/ready"));
  }

  /** Its own metrics. */
  public Exposition own() {
    return Exposition.of(server, "/metrics");
  }

  /** Every loaded group of rules. */
  public List<RuleGroup> rules() {
    List<RuleGroup> all = new ArrayList<>();
    for (JsonNode group : server.json(HttpCall.get("/api/v1/rules")).at("/data/groups")) {
      all.add(RuleGroup.read(group));
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

  /** A moment; what is missing, or in the year 1, has not happened and is the epoch. */
  static Instant time(JsonNode text) {
    if (text.asText().isEmpty()) {
      return Instant.EPOCH;
    }
    Instant time = OffsetDateTime.parse(text.asText()).toInstant();
    return time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time;
  }

  private static Instant seconds(double seconds) {
    return Instant.ofEpochMilli(Math.round(seconds * 1000));
  }

  static Map<String, String> labels(JsonNode object) {
    Map<String, String> labels = new TreeMap<>();
    object.properties().forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
    return labels;
  }
}
