package dev.platformkit.verify.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.backend.RuleGroup;
import dev.platformkit.verify.FakePlatform;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether alerts that do not fire now would be told: routes and silences. */
class AlertRoutesTest {
  private final FakePlatform platform = new FakePlatform().running("alertmanager", "prometheus");

  private String webhook = "send_resolved: true";
  private String alerting = "{}";

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void alertsThatAllGoToTheInboxAreGood() {
    assertThat(
            routed(
                "routes: [{ receiver: platform-probe, matchers: ['alertname = \"PlatformProbe\"'] }]"))
        .isEqualTo(Finding.pass("3 alerts"));
  }

  @Test
  void aRouteThatCatchesAnAlertIsNamed() {
    Finding finding = routed("routes: [{ receiver: nobody, matchers: ['team=~\"sh.*\"'] }]");

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.hop()).contains("alert sent -> routed");
    assertThat(finding.details()).containsExactly("Down may go to nobody");
  }

  @Test
  void aRouteThatMayCatchAnAlertIsToldToo() {
    Finding finding = routed("routes: [{ receiver: nobody, match: { service: cart } }]");

    assertThat(finding.details())
        .as("Slow is of a service of its own")
        .containsExactly("Down may go to nobody", "PlatformProbe may go to nobody");
  }

  @Test
  void aPagerBesideTheInboxIsGood() {
    String pager = "{ receiver: pager, continue: true, matchers: ['severity=\"critical\"'] }";

    assertThat(routed("routes: [" + pager + ", { receiver: alert-inbox }]").verdict())
        .isEqualTo(Verdict.PASS);
    assertThat(routed("routes: [" + pager + "]").details())
        .as("what any route has caught does not come back")
        .containsExactly("Down may go to pager");
  }

  @Test
  void aNestedRouteKeepsTheReceiverOfTheOneAround() {
    assertThat(
            routed(
                    "routes: [{ matchers: ['team=\"shop\"'], routes: [{ matchers: ['severity!=\"info\"'] }] }]")
                .verdict())
        .isEqualTo(Verdict.PASS);
  }

  @Test
  void anInboxThatIsToldAtCertainTimesOnlyIsBad() {
    assertThat(
            routed("routes: [{ match: { team: shop }, mute_time_intervals: [nights] }]").details())
        .containsExactly("Down may go to alert-inbox (at times)");
  }

  @Test
  void anInboxThatIsToldHoursLaterIsBad() {
    assertThat(routed("routes: [{ match: { team: shop }, group_wait: 4h }]").details())
        .containsExactly("Down may go to alert-inbox (after a group_wait of 4h)");
    assertThat(routed("group_interval: 4h").details())
        .contains("Down may go to alert-inbox (after a group_interval of 4h)");
    assertThat(routed("group_wait: 9m").verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void alertsThatPrometheusDropsAreNotSent() {
    alerting = relabel("source_labels: [severity, team], regex: critical;shop, action: drop");
    Finding finding = routed("group_wait: 1s");

    assertThat(finding.hop()).contains("rule evaluated -> alert sent");
    assertThat(finding.details()).containsExactly("by alert_relabel_configs: Down");
  }

  @Test
  void alertsThatPrometheusMayDropAreToldToo() {
    alerting = relabel("source_labels: [job], regex: cart, action: drop");
    assertThat(routed("group_wait: 1s").verdict()).isEqualTo(Verdict.FAIL);

    alerting = relabel("source_labels: [severity], regex: other, action: drop");
    assertThat(routed("group_wait: 1s").verdict()).isEqualTo(Verdict.PASS);

    alerting =
        "{ alertmanagers: ["
            + relabel("source_labels: [severity], regex: critical, action: keep")
            + "] }";
    assertThat(routed("group_wait: 1s").details())
        .containsExactly("by alert_relabel_configs: Slow, PlatformProbe");

    alerting = relabel("regex: replica, action: labeldrop");
    assertThat(routed("group_wait: 1s").verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void alertsThatPrometheusTakesLabelsOffAreNotSentAsTheirRuleSays() {
    alerting = relabel("regex: sev.*, action: labeldrop");
    Finding finding = routed("group_wait: 1s");

    assertThat(finding.hop()).contains("rule evaluated -> alert sent");
    assertThat(finding.details().get(0)).contains("Down without severity");

    alerting = relabel("regex: team|severity, action: labelkeep");
    assertThat(routed("group_wait: 1s").details().get(0)).contains("Down without alertname");
  }

  private static String relabel(String config) {
    return "{ alert_relabel_configs: [{ " + config + " }] }";
  }

  @Test
  void noSilenceIsGood() {
    assertThat(silenced()).isEqualTo(Finding.pass("none"));
  }

  @Test
  void aSilenceThatMutesAnAlertIsNamedWithTheCallThatEndsIt() {
    Finding finding = silenced("team", "shop");

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.hop()).contains("alert sent -> routed");
    assertThat(finding.details())
        .containsExactly(
            "silence s1 {team=\"shop\"} by me until 2026-01-02T00:00:00Z (why) mutes Down");
    assertThat(finding.links().get(1))
        .startsWith("curl -X DELETE http://127.0.0.1:")
        .endsWith("/api/v2/silence/s1");
  }

  @Test
  void aSilenceOfAnAlertThatNoRuleMakesIsGood() {
    assertThat(silenced("alertname", "Other").verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void aReceiverThatDoesNotTellEndsIsBad() {
    webhook = "send_resolved: false";

    assertThat(routed("group_wait: 1s").hop()).contains("routed -> delivered");
  }

  @Test
  void aReceiverThatIsToldOfSomeAlertsOnlyIsBad() {
    webhook = "max_alerts: 0";
    assertThat(routed("group_wait: 1s").verdict()).isEqualTo(Verdict.PASS);

    webhook = "max_alerts: 3";
    Finding finding = routed("group_wait: 1s");

    assertThat(finding.hop()).contains("routed -> delivered");
    assertThat(finding.observed())
        .isEqualTo(
            "the receiver alert-inbox is told of no more alerts of a group than max_alerts: 3");
  }

  private Finding routed(String routes) {
    String yaml =
        "route:\n  receiver: alert-inbox\n  "
            + routes
            + "\nreceivers: [{ name: alert-inbox, webhook_configs: [{ "
            + webhook
            + " }] }]\n";
    platform.server.on(
        "GET /api/v1/status/config",
        "{\"data\":{\"yaml\":\"alerting: " + alerting.replace("\"", "\\\"") + "\"}}");
    platform.server.on(
        "GET /api/v2/status",
        "{\"config\":{\"original\":\"" + yaml.replace("\"", "\\\"").replace("\n", "\\n") + "\"}}");
    return new RoutesProbe(AlertRoutesTest::rules, platform.addresses()).look();
  }

  private Finding silenced(String... label) {
    platform.server.on(
        "GET /api/v2/silences",
        label.length == 0
            ? "[]"
            : """
              [{"id":"s1","status":{"state":"active"},"createdBy":"me","comment":"why",
                "endsAt":"2026-01-02T00:00:00Z",
                "matchers":[{"name":"%s","value":"%s","isRegex":false,"isEqual":true}]}]
              """
                .formatted(label[0], label[1]));
    return new SilencesProbe(AlertRoutesTest::rules, platform.addresses()).look();
  }

  private static List<RuleGroup> rules() {
    return List.of(
        new RuleGroup(
            "g",
            "f",
            Duration.ZERO,
            Instant.EPOCH,
            List.of(
                rule(
                    "Down",
                    Map.of("team", "shop", "severity", "critical", "service", "{{ $labels.job }}")),
                rule("Slow", Map.of("team", "platform", "severity", "info", "service", "user")),
                rule("PlatformProbe", Map.of("team", "platform", "severity", "info")))));
  }

  private static RuleGroup.Rule rule(String name, Map<String, String> labels) {
    return new RuleGroup.Rule(
        name, "up", true, "ok", "", Duration.ZERO, labels, Map.of(), List.of());
  }
}
