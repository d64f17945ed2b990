package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Alertmanager;
import dev.platformkit.backend.Alertmanager.Alert;
import dev.platformkit.backend.Exposition;
import dev.platformkit.backend.Prometheus;
import dev.platformkit.backend.Prometheus.Target;
import dev.platformkit.backend.Pushgateway;
import dev.platformkit.backend.RuleGroup;
import dev.platformkit.backend.RuleGroup.Active;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Way;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The way of an alert that did not arrive. Each hop has a witness of its own: the Pushgateway, the
 * scrape target, the stored sample, the rule's state, Alertmanager's alert with its receivers and
 * what mutes it, and Alertmanager's own count of notifications that failed.
 */
final class AlertWay {
  private static final Duration BACK = Duration.ofMinutes(1);

  private final SyntheticAlert alert;
  private final Duration patience;
  private final Optional<Alertmanager.Failures> atStart;
  private final Prometheus prometheus;
  private final Alertmanager alertmanager;
  private final Pushgateway pushgateway;

  AlertWay(
      SyntheticAlert alert,
      Duration patience,
      Optional<Alertmanager.Failures> atStart,
      Prometheus prometheus,
      Alertmanager alertmanager,
      Pushgateway pushgateway) {
    this.alert = requireNonNull(alert, "alert is null");
    this.patience = requireNonNull(patience, "patience is null");
    this.atStart = requireNonNull(atStart, "atStart is null");
    this.prometheus = requireNonNull(prometheus, "prometheus is null");
    this.alertmanager = requireNonNull(alertmanager, "alertmanager is null");
    this.pushgateway = requireNonNull(pushgateway, "pushgateway is null");
  }

  /** Where an alert got to that was never told. */
  Finding there(Finding found) {
    Way way = delivered(routed(sent(evaluated(stored(scraped(exposed()))))));
    String broken = way.broken().orElse("");
    String page =
        broken.endsWith("scraped")
            ? prometheus.targetsPage()
            : broken.endsWith("rule evaluated") ? prometheus.rulesPage() : alertmanager.page();
    Finding on = found.on(way).link(page);
    return broken.endsWith("delivered") ? on.link("platform logs alertmanager") : on;
  }

  /** Where its end got to, when its beginning was told and its cause was taken back. */
  Finding back(Finding found) {
    boolean fires = active().map(a -> a.state().equals("firing")).orElse(false);
    boolean held = !alerts().isEmpty();
    Way way =
        Way.none()
            .hop("exposed", shown().isEmpty(), "its metric was taken back")
            .hop("rule evaluated", !fires, fires ? "its rule still fires" : "its rule is quiet");
    if (!fires) {
      way =
          way.hop(
              "alert sent",
              !held,
              held ? "Alertmanager still holds it as active" : "Alertmanager holds it no longer");
    }
    if (!fires && !held) {
      way = way.reached("routed", "as its beginning").broken("delivered", failures());
    }
    return found.on(way).link(alertmanager.page());
  }

  private Way exposed() {
    List<Exposition.Sample> shown = shown();
    return Way.none()
        .hop(
            "exposed",
            !shown.isEmpty(),
            "the Pushgateway "
                + (shown.isEmpty() ? "does not show " : "shows ")
                + alert.selector());
  }

  private List<Exposition.Sample> shown() {
    return pushgateway
        .shown()
        .find(alert.metric(), labels -> alert.run().equals(labels.get(SyntheticAlert.LABEL)));
  }

  private Way scraped(Way way) {
    Optional<Target> target =
        prometheus.targets().stream().filter(t -> t.job().equals(SyntheticAlert.JOB)).findFirst();
    if (target.isEmpty()) {
      return way.broken("scraped", "Prometheus scrapes no target of job " + SyntheticAlert.JOB);
    }
    Target seen = target.get();
    return way.hop(
        "scraped",
        seen.health().equals("up"),
        "%s is %s, last scraped %s %s"
            .formatted(seen.url(), seen.health(), seen.lastScrape(), seen.lastError())
            .strip());
  }

  private Way stored(Way way) {
    boolean stored = !prometheus.raw(alert.selector(), BACK).isEmpty();
    return way.hop(
        "stored", stored, stored ? "a sample of it is stored" : "no sample of it is in Prometheus");
  }

  private Way evaluated(Way way) {
    String hop = "rule evaluated";
    Optional<RuleGroup> group = group();
    if (group.isEmpty()) {
      return way.broken(hop, "no rule " + alert.alert() + " is loaded");
    }
    RuleGroup.Rule rule = rule(group.get()).orElseThrow();
    Optional<Active> active = active();
    if (active.isPresent()) {
      Active seen = active.get();
      if (seen.state().equals("firing")) {
        return way.reached(hop, alert.alert() + " fires since " + seen.since());
      }
      String longer =
          rule.pending().compareTo(patience) > 0
              ? " is longer than verify waits (" + patience.toSeconds() + " s)"
              : "";
      return way.broken(
          hop,
          "%s since %s, for: %s%s"
              .formatted(seen.state(), seen.since(), inWords(rule.pending()), longer));
    }
    Instant last = group.get().lastEvaluation();
    Instant due = Instant.now().minus(group.get().interval().multipliedBy(3));
    if (last.isBefore(due)) {
      return way.broken(
          hop,
          "group %s was last evaluated at %s, though that is due every %s"
              .formatted(group.get().name(), last, inWords(group.get().interval())));
    }
    return way.broken(
        hop,
        "%s is evaluated (%s) and does not fire: %s %s"
            .formatted(alert.alert(), rule.health(), rule.query(), rule.lastError())
            .strip());
  }

  private Way sent(Way way) {
    String hop = "alert sent";
    if (!alerts().isEmpty()) {
      return way.reached(hop, "Alertmanager has it");
    }
    List<String> known = prometheus.alertmanagers();
    if (known.isEmpty()) {
      return way.broken(hop, "Prometheus knows no Alertmanager");
    }
    Exposition own = prometheus.own();
    return way.broken(
        hop,
        "Alertmanager does not have it; Prometheus sends to %s, with %.0f errors and %.0f dropped"
            .formatted(
                String.join(", ", known),
                own.sum("prometheus_notifications_errors_total").orElse(0.0),
                own.sum("prometheus_notifications_dropped_total").orElse(0.0)));
  }

  private Way routed(Way way) {
    String hop = "routed";
    List<Alert> alerts = alerts();
    if (alerts.isEmpty()) {
      return way;
    }
    Alert seen = alerts.get(0);
    if (!seen.mutedBy().isEmpty()) {
      return way.broken(hop, "muted by " + String.join(", ", seen.mutedBy()));
    }
    String receivers = String.join(", ", seen.receivers());
    return seen.receivers().contains(alert.receiver())
        ? way.reached(hop, "to the receiver " + receivers)
        : way.broken(hop, "to the receiver %s, not %s".formatted(receivers, alert.receiver()));
  }

  private Way delivered(Way way) {
    return alerts().isEmpty() ? way : way.broken("delivered", failures());
  }

  private String failures() {
    List<String> failed =
        atStart.map(then -> alertmanager.failures().since(then)).orElse(List.of());
    return failed.isEmpty()
        ? "alert-inbox did not get it, and no notification has failed"
        : "alert-inbox did not get it; notifications " + String.join("; ", failed);
  }

  private List<Alert> alerts() {
    return alertmanager.alerts(SyntheticAlert.LABEL, alert.run());
  }

  private Optional<RuleGroup> group() {
    return prometheus.rules().stream().filter(group -> rule(group).isPresent()).findFirst();
  }

  private Optional<RuleGroup.Rule> rule(RuleGroup group) {
    return group.rules().stream().filter(r -> r.name().equals(alert.alert())).findFirst();
  }

  private Optional<Active> active() {
    return group().flatMap(this::rule).stream()
        .flatMap(rule -> rule.alerts().stream())
        .filter(active -> alert.run().equals(active.labels().get(SyntheticAlert.LABEL)))
        .findFirst();
  }

  private static String inWords(Duration duration) {
    return duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
