package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.AlertInbox;
import dev.platformkit.backend.AlertInbox.Notification;
import dev.platformkit.backend.Alertmanager;
import dev.platformkit.backend.Alertmanager.Alert;
import dev.platformkit.backend.Prometheus;
import dev.platformkit.backend.Pushgateway;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import java.time.Duration;
import java.util.List;

/**
 * A synthetic alert goes the whole way: a pushed metric, a real rule, Alertmanager, the inbox; and
 * when the metric is gone, so does its end.
 */
final class AlertProbe implements Probe {
  private static final String JOB = "platform-probe";
  private static final String METRIC = "platform_probe_alert";
  private static final String LABEL = "run";

  private final String nonce;
  private final Addresses addresses;
  private long pushed;
  private boolean pushedOnce;
  private boolean deleted;
  private double deliveredAfter = -1;

  AlertProbe(String nonce, Addresses addresses) {
    this.nonce = requireNonNull(nonce, "nonce is null");
    this.addresses = requireNonNull(addresses, "addresses is null");
  }

  @Override
  public String id() {
    return "alerts/synthetic";
  }

  @Override
  public String subject() {
    return "PlatformProbe";
  }

  @Override
  public String expected() {
    return "a synthetic alert delivered to alert-inbox, and its end when its cause is gone";
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(14);
  }

  @Override
  public Finding look() {
    AlertInbox inbox = new AlertInbox(addresses.server("alert-inbox", 8080));
    addresses.server("prometheus", 9090);
    addresses.server("alertmanager", 9093);
    if (!pushedOnce) {
      pushedOnce = true;
      pushed = System.nanoTime();
      pushgateway().push(JOB, LABEL, nonce, METRIC, 1);
    }
    List<String> delivered =
        inbox.notifications(LABEL, nonce).stream().map(Notification::status).toList();
    if (!delivered.contains("firing")) {
      return Finding.missing("not delivered to alert-inbox");
    }
    if (deliveredAfter < 0) {
      deliveredAfter = seconds();
    }
    if (!deleted) {
      pushgateway().delete(JOB, LABEL, nonce);
      deleted = true;
    }
    return delivered.contains("resolved")
        ? Finding.pass("delivered %.1f s, resolved %.1f s".formatted(deliveredAfter, seconds()))
        : Finding.missing("delivered after %.1f s, but its end was not".formatted(deliveredAfter));
  }

  private double seconds() {
    return (System.nanoTime() - pushed) / 1e9;
  }

  /** Each hop has a witness: the stored sample, Prometheus's alert, Alertmanager's, the inbox. */
  @Override
  public Finding explain(Finding found) {
    if (deliveredAfter >= 0) {
      return explainEnd(found);
    }
    Prometheus prometheus = new Prometheus(addresses.server("prometheus", 9090));
    Duration back = Duration.ofMinutes(1);
    String run = "{" + LABEL + "=\"" + nonce + "\"}";
    if (prometheus.raw(METRIC + run, back).isEmpty()) {
      return found
          .at("exposed -> scraped")
          .detail("the pushed metric is not in Prometheus")
          .link(prometheus.targetsPage());
    }
    String firing = "ALERTS{alertstate=\"firing\"," + LABEL + "=\"" + nonce + "\"}";
    if (prometheus.raw(firing, back).isEmpty()) {
      return found
          .at("stored -> rule evaluated")
          .detail("no rule fires for the pushed metric")
          .link(prometheus.rulesPage());
    }
    Alertmanager alertmanager = new Alertmanager(addresses.server("alertmanager", 9093));
    List<Alert> alerts = alertmanager.alerts(LABEL, nonce);
    if (alerts.isEmpty()) {
      return found
          .at("rule evaluated -> sent")
          .detail("the alert fires in Prometheus, Alertmanager does not have it")
          .link(alertmanager.page());
    }
    Alert alert = alerts.get(0);
    if (!alert.silencedBy().isEmpty()) {
      return found
          .at("sent -> routed")
          .detail("silenced by " + String.join(", ", alert.silencedBy()))
          .link(alertmanager.page());
    }
    String receivers = String.join(", ", alert.receivers());
    return found
        .at(alert.receivers().contains(JOB) ? "routed -> delivered" : "sent -> routed")
        .detail("Alertmanager has it, " + alert.state() + ", for the receiver " + receivers)
        .link(alertmanager.page());
  }

  private Finding explainEnd(Finding found) {
    Alertmanager alertmanager = new Alertmanager(addresses.server("alertmanager", 9093));
    boolean held = !alertmanager.alerts(LABEL, nonce).isEmpty();
    return found
        .at(held ? "rule evaluated -> sent" : "routed -> delivered")
        .detail(held ? "Alertmanager still holds it" : "Alertmanager holds it no longer")
        .link(alertmanager.page());
  }

  @Override
  public void close() {
    if (pushedOnce && !deleted) {
      pushgateway().delete(JOB, LABEL, nonce);
    }
  }

  private Pushgateway pushgateway() {
    return new Pushgateway(addresses.server("pushgateway", 9091));
  }
}
