package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.AlertInbox;
import dev.platformkit.backend.AlertInbox.Notification;
import dev.platformkit.backend.Alertmanager;
import dev.platformkit.backend.Prometheus;
import dev.platformkit.backend.Pushgateway;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A synthetic alert goes the whole way: a pushed metric, a real rule, Alertmanager, the inbox; and
 * when the metric is gone, so does its end. Meanwhile no notification of any receiver fails.
 */
final class AlertProbe implements Probe {
  private static final Duration PATIENCE = Duration.ofSeconds(14);

  private final SyntheticAlert alert;
  private final Addresses addresses;
  private Optional<Alertmanager.Failures> atStart = Optional.empty();
  private boolean attempted;
  private boolean pushedOnce;
  private boolean deleted;
  private long pushed;
  private double deliveredAfter = -1;

  AlertProbe(SyntheticAlert alert, Addresses addresses) {
    this.alert = requireNonNull(alert, "alert is null");
    this.addresses = requireNonNull(addresses, "addresses is null");
  }

  @Override
  public String id() {
    return alert.check();
  }

  @Override
  public String subject() {
    return alert.alert();
  }

  @Override
  public String expected() {
    return "a synthetic alert delivered to alert-inbox by the receiver %s%s, no notification failed"
        .formatted(alert.receiver(), alert.endsToo() ? ", and its end when its cause is gone" : "");
  }

  @Override
  public Duration patience() {
    return PATIENCE;
  }

  /** Prometheus scrapes, and evaluates, once a second what this waits for. */
  @Override
  public Duration pace() {
    return Duration.ofMillis(800);
  }

  @Override
  public Finding look() {
    AlertInbox inbox = new AlertInbox(addresses.server("alert-inbox", 8080));
    addresses.server("prometheus", 9090);
    if (atStart.isEmpty()) {
      atStart = Optional.of(alertmanager().failures());
    }
    push();
    List<Notification> delivered = inbox.notifications(SyntheticAlert.LABEL, alert.run());
    if (!has(delivered, "firing")) {
      return notDelivered(delivered);
    }
    if (deliveredAfter < 0) {
      deliveredAfter = seconds();
    }
    take();
    if (alert.endsToo() && !has(delivered, "resolved")) {
      return Finding.missing(
          "delivered after %.1f s, but its end was not".formatted(deliveredAfter));
    }
    List<String> failed = alertmanager().failures().givenUpSince(atStart.get());
    if (!failed.isEmpty()) {
      return Finding.fail(
          "delivered, but other notifications were not: " + String.join("; ", failed));
    }
    return Finding.pass(
        alert.endsToo()
            ? "delivered %.1f s, resolved %.1f s".formatted(deliveredAfter, seconds())
            : "delivered %.1f s".formatted(deliveredAfter));
  }

  private Finding notDelivered(List<Notification> delivered) {
    return delivered.stream()
        .map(Notification::receiver)
        .filter(receiver -> !receiver.equals(alert.receiver()))
        .findFirst()
        .map(
            receiver ->
                Finding.missing("delivered by the receiver " + receiver + ", by another route"))
        .orElse(Finding.missing("not delivered to alert-inbox"));
  }

  private boolean has(List<Notification> delivered, String status) {
    return delivered.stream()
        .anyMatch(n -> n.status().equals(status) && n.receiver().equals(alert.receiver()));
  }

  private void push() {
    if (!pushedOnce) {
      attempted = true;
      pushed = System.nanoTime();
      pushgateway().push(SyntheticAlert.JOB, SyntheticAlert.LABEL, alert.run(), alert.metric(), 1);
      pushedOnce = true;
    }
  }

  private void take() {
    if (!deleted) {
      pushgateway().delete(SyntheticAlert.JOB, SyntheticAlert.LABEL, alert.run());
      deleted = true;
    }
  }

  private double seconds() {
    return (System.nanoTime() - pushed) / 1e9;
  }

  @Override
  public Finding explain(Finding found) {
    if (!pushedOnce) {
      return found.link("platform logs pushgateway");
    }
    AlertWay way =
        new AlertWay(
            alert,
            PATIENCE,
            atStart,
            new Prometheus(addresses.server("prometheus", 9090)),
            alertmanager(),
            pushgateway());
    return deliveredAfter < 0 ? way.there(found) : way.back(found);
  }

  @Override
  public void close() {
    if (attempted) {
      take();
    }
  }

  private Alertmanager alertmanager() {
    return new Alertmanager(addresses.server("alertmanager", 9093));
  }

  private Pushgateway pushgateway() {
    return new Pushgateway(addresses.server("pushgateway", 9091));
  }
}
