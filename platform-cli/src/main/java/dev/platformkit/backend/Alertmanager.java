package dev.platformkit.backend;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Alertmanager's API, version 2. */
public final class Alertmanager {
  private final HttpServer server;

  public Alertmanager(HttpServer server) {
    this.server = requireNonNull(server, "server is null");
  }

  /**
   * An alert that it holds.
   *
   * @param state {@code active}, {@code suppressed} or {@code unprocessed}
   * @param mutedBy why it is not told: silences, alerts that inhibit it, time intervals
   * @param receivers where its route sends it
   */
  public record Alert(
      Map<String, String> labels, String state, List<String> mutedBy, List<String> receivers) {
    public Alert {
      labels = Map.copyOf(labels);
      requireNonNull(state, "state is null");
      mutedBy = List.copyOf(mutedBy);
      receivers = List.copyOf(receivers);
    }
  }

  /** A silence that is in force. */
  public record Silence(
      String id, List<Matcher> matchers, String author, String comment, String end) {
    public Silence {
      requireNonNull(id, "id is null");
      matchers = List.copyOf(matchers);
      requireNonNull(author, "author is null");
      requireNonNull(comment, "comment is null");
      requireNonNull(end, "end is null");
    }
  }

  /** What a label has to be, or must not be. */
  public record Matcher(String label, String value, boolean regex, boolean equal) {
    public Matcher {
      requireNonNull(label, "label is null");
      requireNonNull(value, "value is null");
    }

    /** Whether it lets this value pass; a label that is not there is empty. */
    public boolean matches(String seen) {
      return equal == (regex ? Pattern.matches(value, seen) : seen.equals(value));
    }

    @Override
    public String toString() {
      return label + (equal ? "=" : "!") + (regex ? "~" : equal ? "" : "=") + '"' + value + '"';
    }
  }

  /** The alerts with a label of this value, silenced and inhibited ones included. */
  public List<Alert> alerts(String label, String value) {
    JsonNode list =
        server.json(HttpCall.get("/api/v2/alerts").query("filter", label + "=\"" + value + "\""));
    List<Alert> alerts = new ArrayList<>();
    for (JsonNode alert : list) {
      Map<String, String> labels = new TreeMap<>();
      alert.path("labels").properties().forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
      List<String> mutedBy = new ArrayList<>();
      JsonNode status = alert.path("status");
      status.path("silencedBy").forEach(id -> mutedBy.add("silence " + id.asText()));
      status.path("inhibitedBy").forEach(id -> mutedBy.add("inhibiting alert " + id.asText()));
      status.path("mutedBy").forEach(name -> mutedBy.add("time interval " + name.asText()));
      List<String> receivers = new ArrayList<>();
      alert.path("receivers").forEach(r -> receivers.add(r.path("name").asText()));
      alerts.add(new Alert(labels, status.path("state").asText(), mutedBy, receivers));
    }
    return List.copyOf(alerts);
  }

  /** The silences that are in force now. */
  public List<Silence> silences() {
    List<Silence> silences = new ArrayList<>();
    for (JsonNode silence : server.json(HttpCall.get("/api/v2/silences"))) {
      if (!silence.at("/status/state").asText().equals("active")) {
        continue;
      }
      List<Matcher> matchers = new ArrayList<>();
      for (JsonNode matcher : silence.path("matchers")) {
        matchers.add(
            new Matcher(
                matcher.path("name").asText(),
                matcher.path("value").asText(),
                matcher.path("isRegex").asBoolean(),
                matcher.path("isEqual").asBoolean(true)));
      }
      silences.add(
          new Silence(
              silence.path("id").asText(),
              matchers,
              silence.path("createdBy").asText(),
              silence.path("comment").asText(),
              silence.path("endsAt").asText()));
    }
    return List.copyOf(silences);
  }

  /** The configuration that it runs with, as YAML. */
  public String configuration() {
    return server.json(HttpCall.get("/api/v2/status")).at("/config/original").asText();
  }

  /**
   * How many notifications did not get through since it started, by what the receiver is and why.
   * Each attempt is told, and what was given up on.
   */
  public Failures failures() {
    Exposition own = Exposition.of(server, "/metrics");
    return new Failures(
        byReceiver(own, "alertmanager_notifications_failed_total"),
        byReceiver(own, "alertmanager_notification_requests_failed_total"));
  }

  /**
   * Notifications that did not get through.
   *
   * @param givenUp for good
   * @param attempts that may be repeated
   */
  public record Failures(Map<String, Double> givenUp, Map<String, Double> attempts) {
    public Failures {
      givenUp = Map.copyOf(givenUp);
      attempts = Map.copyOf(attempts);
    }

    /** What has failed since an earlier look, one line per receiver; none where nothing has. */
    public List<String> since(Failures earlier) {
      List<String> lines = new ArrayList<>(givenUpSince(earlier));
      risen(attempts, earlier.attempts).forEach((who, n) -> lines.add(n + " failed: " + who));
      return lines;
    }

    /** What was given up on since. */
    public List<String> givenUpSince(Failures earlier) {
      List<String> lines = new ArrayList<>();
      risen(givenUp, earlier.givenUp).forEach((who, n) -> lines.add(n + " given up on: " + who));
      return lines;
    }

    private static Map<String, Long> risen(Map<String, Double> now, Map<String, Double> then) {
      Map<String, Long> risen = new TreeMap<>();
      now.forEach(
          (who, count) -> {
            long more = Math.round(count - then.getOrDefault(who, 0.0));
            if (more > 0) {
              risen.put(who, more);
            }
          });
      return risen;
    }
  }

  private static Map<String, Double> byReceiver(Exposition own, String metric) {
    Map<String, Double> values = new TreeMap<>();
    for (Exposition.Sample sample : own.find(metric, labels -> true)) {
      Map<String, String> labels = new TreeMap<>(sample.labels());
      values.put(
          labels.entrySet().stream()
              .map(label -> label.getKey() + " " + label.getValue())
              .collect(Collectors.joining(", ")),
          sample.value());
    }
    return values;
  }

  /** Where a person ends a silence: the page, and the call that does it. */
  public String silencePage(String id) {
    return server.url("/#/silences/" + id);
  }

  /** The URL whose deletion ends a silence. */
  public String silenceUrl(String id) {
    return server.url("/api/v2/silence/" + id);
  }

  /** Where a person sees the alerts. */
  public String page() {
    return server.url("/#/alerts");
  }
}
