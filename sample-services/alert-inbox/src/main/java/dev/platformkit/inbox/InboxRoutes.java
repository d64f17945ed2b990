package dev.platformkit.inbox;

import dev.platformkit.kit.http.HttpProblem;
import dev.platformkit.kit.http.HttpReply;
import dev.platformkit.kit.http.HttpRequest;
import dev.platformkit.kit.http.Route;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The inbox over HTTP. */
final class InboxRoutes {
  private static final Logger log = LoggerFactory.getLogger(InboxRoutes.class);

  /** Alertmanager sends all alerts of a group in one request. */
  private static final int LARGEST_WEBHOOK = 1 << 20;

  private final Inbox inbox;
  private final Clock clock;

  InboxRoutes(Inbox inbox, Clock clock) {
    this.inbox = inbox;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        new Route("POST", "/alertmanager", LARGEST_WEBHOOK, this::deliver),
        new Route("GET", "/api/notifications", this::notifications));
  }

  private HttpReply deliver(HttpRequest request) {
    Webhook webhook = request.json(Webhook.class);
    if (webhook.alerts().isEmpty()) {
      throw HttpProblem.of(400, "alerts is missing or empty");
    }
    String received = clock.instant().toString();
    for (Webhook.Alert alert : webhook.alerts()) {
      inbox.add(
          new Notification(
              received,
              alert.status(),
              webhook.receiver(),
              alert.labels(),
              alert.annotations(),
              alert.startsAt(),
              alert.endsAt(),
              alert.fingerprint()));
      log.info(
          "{} {} for {}",
          alert.status(),
          alert.labels().getOrDefault("alertname", "an alert"),
          webhook.receiver());
    }
    return HttpReply.json(200, Map.of("delivered", webhook.alerts().size()));
  }

  private HttpReply notifications(HttpRequest request) {
    return HttpReply.json(200, inbox.with(request.query()));
  }
}
