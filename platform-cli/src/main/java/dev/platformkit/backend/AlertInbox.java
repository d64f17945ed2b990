package dev.platformkit.backend;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The receiver at the end of the alerts' way. */
public final class AlertInbox {
  private final HttpServer server;

  public AlertInbox(HttpServer server) {
    this.server = requireNonNull(server, "server is null");
  }

  /**
   * One alert as delivered.
   *
   * @param status {@code firing} or {@code resolved}
   */
  public record Notification(String status, String receiver, String alertname) {
    public Notification {
      requireNonNull(status, "status is null");
      requireNonNull(receiver, "receiver is null");
      requireNonNull(alertname, "alertname is null");
    }
  }

  /** What was delivered of alerts with a label of this value, oldest first. */
  public List<Notification> notifications(String label, String value) {
    List<Notification> all = new ArrayList<>();
    for (JsonNode n : server.json(HttpCall.get("/api/notifications").query(label, value))) {
      all.add(
          new Notification(
              n.path("status").asText(),
              n.path("receiver").asText(),
              n.path("labels").path("alertname").asText()));
    }
    return List.copyOf(all);
  }

  /** Where a person sees what was delivered of such alerts. */
  public String page(String label, String value) {
    return server.url(HttpCall.get("/api/notifications").query(label, value));
  }
}
