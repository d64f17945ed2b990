package dev.platformkit.backend;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
   * @param receivers where its route sends it
   */
  public record Alert(
      Map<String, String> labels, String state, List<String> silencedBy, List<String> receivers) {
    public Alert {
      labels = Map.copyOf(labels);
      requireNonNull(state, "state is null");
      silencedBy = List.copyOf(silencedBy);
      receivers = List.copyOf(receivers);
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
      List<String> silencedBy = new ArrayList<>();
      alert.path("status").path("silencedBy").forEach(id -> silencedBy.add(id.asText()));
      List<String> receivers = new ArrayList<>();
      alert.path("receivers").forEach(r -> receivers.add(r.path("name").asText()));
      alerts.add(
          new Alert(labels, alert.path("status").path("state").asText(), silencedBy, receivers));
    }
    return List.copyOf(alerts);
  }

  /** Where a person sees the alerts. */
  public String page() {
    return server.url("/#/alerts");
  }
}
