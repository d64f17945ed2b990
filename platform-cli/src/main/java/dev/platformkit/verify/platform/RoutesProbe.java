package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Alertmanager;
import dev.platformkit.backend.Prometheus;
import dev.platformkit.backend.RuleGroup;
import dev.platformkit.source.Node;
import dev.platformkit.source.YamlReader;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Whatever a loaded rule may alert about, Prometheus sends it with the rule's labels, and
 * Alertmanager's routes lead it to the inbox, at any time. The synthetic alerts prove that the
 * inbox's receivers deliver; this, that no route catches the others before.
 */
final class RoutesProbe implements Probe {
  private static final String INBOX = "alert-inbox";
  private static final int NAMED = 5;

  private final Supplier<List<RuleGroup>> loaded;
  private final Addresses addresses;

  RoutesProbe(Supplier<List<RuleGroup>> loaded, Addresses addresses) {
    this.loaded = requireNonNull(loaded, "loaded is null");
    this.addresses = requireNonNull(addresses, "addresses is null");
  }

  @Override
  public String id() {
    return "alerts/routes";
  }

  @Override
  public String subject() {
    return "alertmanager";
  }

  @Override
  public String expected() {
    return "every alert of a loaded rule, and its end, goes to the receiver " + INBOX;
  }

  @Override
  public Finding look() {
    List<RuleAlert> alerts = RuleAlert.all(loaded.get());
    Prometheus prometheus = new Prometheus(addresses.server("prometheus", 9090));
    List<AlertRelabelling> relabelling =
        AlertRelabelling.read(YamlReader.parse(prometheus.configuration(), "prometheus"));
    List<String> dropped =
        alerts.stream()
            .filter(alert -> relabelling.stream().anyMatch(each -> each.mayDrop(alert)))
            .map(RuleAlert::name)
            .toList();
    if (!dropped.isEmpty()) {
      return relabelled(alerts, "Prometheus may drop alerts instead of sending them", dropped);
    }
    List<String> less =
        alerts.stream()
            .flatMap(
                alert ->
                    relabelling.stream()
                        .flatMap(each -> each.takesOff(alert).stream())
                        .map(label -> alert.name() + " without " + label))
            .toList();
    return less.isEmpty()
        ? routed(alerts)
        : relabelled(alerts, "Prometheus sends alerts without labels that their rules give", less);
  }

  private static Finding relabelled(List<RuleAlert> alerts, String what, List<String> which) {
    return Finding.fail(what)
        .detail("by alert_relabel_configs: " + String.join(", ", which))
        .on(
            Way.none()
                .reached("rule evaluated", alerts.size() + " alerts have a rule")
                .broken("alert sent", "alert_relabel_configs: " + which.get(0)));
  }

  private Finding routed(List<RuleAlert> alerts) {
    Alertmanager alertmanager = new Alertmanager(addresses.server("alertmanager", 9093));
    Node configuration = YamlReader.parse(alertmanager.configuration(), "alertmanager");
    AlertRoute root = AlertRoute.read(configuration);
    List<String> lost = new ArrayList<>();
    for (RuleAlert alert : alerts) {
      root.outcomes(alert).stream()
          .filter(receivers -> !isTold(alert, receivers))
          .findFirst()
          .ifPresent(
              receivers -> lost.add(alert.name() + " may go to " + String.join(", ", receivers)));
    }
    Optional<String> untold = untold(configuration);
    if (untold.isPresent()) {
      return Finding.fail("the receiver %s %s".formatted(INBOX, untold.get()))
          .on(
              Way.none()
                  .reached("routed", "to the receiver " + INBOX)
                  .broken("delivered", untold.get()));
    }
    if (lost.isEmpty()) {
      return Finding.pass(alerts.size() + " alerts");
    }
    Finding finding =
        Finding.fail("%d of %d alerts may go elsewhere".formatted(lost.size(), alerts.size()))
            .on(
                Way.none()
                    .reached("alert sent", alerts.size() + " alerts have a rule")
                    .broken("routed", lost.get(0)))
            .link(alertmanager.page().replace("alerts", "status"));
    for (String line : lost.subList(0, Math.min(NAMED, lost.size()))) {
      finding = finding.detail(line);
    }
    return finding;
  }

  /** What the inbox would never hear of; empty where there is nothing. */
  private static Optional<String> untold(Node configuration) {
    for (Node receiver : items(configuration.asMapping().get("receivers"))) {
      Node.Mapping each = receiver.asMapping();
      if (each.require("name").asText().equals(INBOX)) {
        List<Node> webhooks = items(each.get("webhook_configs"));
        if (webhooks.isEmpty()) {
          return Optional.of("has no webhook");
        }
        return webhooks.stream().flatMap(webhook -> untold(webhook.asMapping())).findFirst();
      }
    }
    return Optional.of("is none");
  }

  private static Stream<String> untold(Node.Mapping webhook) {
    Stream<String> ends =
        webhook.get("send_resolved").map(Node::asText).filter("false"::equals).stream()
            .map(no -> "is not told the end of alerts: send_resolved is false");
    Stream<String> all =
        webhook.get("max_alerts").map(Node::asText).filter(most -> !most.equals("0")).stream()
            .map(most -> "is told of no more alerts of a group than max_alerts: " + most);
    return Stream.concat(ends, all);
  }

  private static List<Node> items(Optional<Node> list) {
    return list.map(node -> node.asSequence().items()).orElse(List.of());
  }

  private static boolean isTold(RuleAlert alert, Set<String> receivers) {
    SyntheticAlert probe = SyntheticAlert.ofProbe("");
    return receivers.contains(INBOX)
        || (alert.name().equals(probe.alert()) && receivers.contains(probe.receiver()));
  }
}
