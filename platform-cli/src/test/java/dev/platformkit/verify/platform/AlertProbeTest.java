package dev.platformkit.verify.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.verify.FakePlatform;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Verdict;
import dev.platformkit.verify.Way;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertProbeTest {
  private static final String GROUP = "/metrics/job/platform-probe/run/r1";
  private static final String PUSHED = "platform_probe_alert{run=\"r1\"} 1\n";
  private static final String FAILED =
      "alertmanager_notifications_failed_total{receiver_name=\"pager\"} %d\n";

  private final FakePlatform platform =
      new FakePlatform().running("prometheus", "alertmanager", "alert-inbox", "pushgateway");
  private final AlertProbe probe =
      new AlertProbe(SyntheticAlert.ofProbe("r1"), platform.addresses());

  @BeforeEach
  void everythingButDelivery() {
    platform.server.on("PUT " + GROUP, "").on("DELETE " + GROUP, 202, "");
    delivered();
    metrics(PUSHED);
    target("up");
    stored(true);
    rule(0, "firing", Instant.now());
    alertmanagers("http://alertmanager:9093");
    held("active", "[]", "platform-probe");
  }

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void deliveredAndResolvedIsGood() {
    assertThat(probe.look().verdict()).isEqualTo(Verdict.FAIL);
    delivered("firing");
    assertThat(probe.look().observed()).contains("but its end was not");
    delivered("firing", "resolved");

    assertThat(probe.look().verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void itsCauseIsPushedOnceAndTakenBackOnce() {
    probe.look();
    probe.look();
    delivered("firing");
    probe.look();
    probe.look();
    probe.close();

    assertThat(platform.server.calls().stream().filter(c -> c.endsWith(GROUP)))
        .containsExactly("PUT " + GROUP, "DELETE " + GROUP);
  }

  @Test
  void itsCauseIsTakenBackAlsoWhenNothingWasDelivered() {
    probe.look();
    probe.close();

    assertThat(platform.server.calls()).contains("DELETE " + GROUP);
  }

  @Test
  void productionsRouteIsProvenByAnAlertOfItsOwnWhoseEndIsNotAwaited() {
    platform
        .server
        .on("PUT " + GROUP + "-routed", "")
        .on("DELETE " + GROUP + "-routed", 202, "")
        .on(
            "GET /api/notifications",
            "[{\"status\":\"firing\",\"receiver\":\"alert-inbox\",\"labels\":{}}]");
    AlertProbe routed = new AlertProbe(SyntheticAlert.ofProduction("r1"), platform.addresses());

    assertThat(routed.look().verdict()).isEqualTo(Verdict.PASS);
    assertThat(platform.server.calls()).contains("DELETE " + GROUP + "-routed");
  }

  @Test
  void deliveredByAnotherReceiverIsNotDelivered() {
    platform.server.on(
        "GET /api/notifications",
        "[{\"status\":\"firing\",\"receiver\":\"somebody\",\"labels\":{}}]");

    assertThat(probe.look().verdict()).isEqualTo(Verdict.FAIL);
    assertThat(probe.look().observed()).contains("delivered by the receiver somebody");
  }

  @Test
  void aNotificationOfAnyReceiverThatFailedMeanwhileIsBad() {
    metrics(PUSHED + FAILED.formatted(1));
    probe.look();
    metrics(PUSHED + FAILED.formatted(2));
    delivered("firing", "resolved");

    Finding finding = probe.look();

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.observed()).contains("1 given up on: receiver_name pager");
  }

  @Test
  void aMetricThatThePushgatewayDoesNotShowIsTheFirstHop() {
    metrics("");
    stored(false);

    assertThat(explained().hop()).contains("exposed");
  }

  @Test
  void aTargetThatIsDownIsTheFirstBrokenHop() {
    target("down");
    stored(false);
    rule(0, "", Instant.now());

    Finding explained = explained();

    assertThat(explained.hop()).contains("exposed -> scraped");
    assertThat(seen(explained, "scraped")).contains("is down").endsWith("refused");
  }

  @Test
  void aSampleThatIsScrapedAndNotKeptIsNotStored() {
    stored(false);

    assertThat(explained().hop()).contains("scraped -> stored");
  }

  @Test
  void aRuleThatIsNotLoadedIsTheFirstBrokenHop() {
    platform.server.on("GET /api/v1/rules", "{\"data\":{\"groups\":[]}}");

    Finding explained = explained();

    assertThat(explained.hop()).contains("stored -> rule evaluated");
    assertThat(seen(explained, "rule evaluated")).isEqualTo("no rule PlatformProbe is loaded");
  }

  @Test
  void aRuleThatWaitsLongerThanTheProofIsTheFirstBrokenHop() {
    rule(300, "pending", Instant.now());

    Finding explained = explained();

    assertThat(explained.hop()).contains("stored -> rule evaluated");
    assertThat(seen(explained, "rule evaluated"))
        .startsWith("pending since ")
        .endsWith("for: 5m is longer than verify waits (14 s)");
  }

  @Test
  void aRuleThatIsNoLongerEvaluatedIsTheFirstBrokenHop() {
    rule(0, "", Instant.parse("2026-01-01T12:00:00Z"));

    assertThat(seen(explained(), "rule evaluated")).contains("was last evaluated at 2026-01-01");
  }

  @Test
  void aRuleThatDoesNotFireIsTheFirstBrokenHop() {
    rule(0, "", Instant.now());

    assertThat(explained().hop()).contains("stored -> rule evaluated");
  }

  @Test
  void withoutAnAlertmanagerNothingIsSent() {
    platform.server.on("GET /api/v2/alerts", "[]");
    alertmanagers();

    Finding explained = explained();

    assertThat(explained.hop()).contains("rule evaluated -> alert sent");
    assertThat(seen(explained, "alert sent")).isEqualTo("Prometheus knows no Alertmanager");
  }

  @Test
  void whatAlertmanagerDoesNotHaveWasNotSent() {
    platform.server.on("GET /api/v2/alerts", "[]");
    metrics(PUSHED + "prometheus_notifications_errors_total{alertmanager=\"a\"} 7\n");

    assertThat(seen(explained(), "alert sent"))
        .contains("sends to http://alertmanager:9093, with 7 errors and 0 dropped");
  }

  @Test
  void aSilenceIsNamed() {
    held("suppressed", "[\"s1\"]", "platform-probe");

    Finding explained = explained();

    assertThat(explained.hop()).contains("alert sent -> routed");
    assertThat(seen(explained, "routed")).isEqualTo("muted by silence s1");
  }

  @Test
  void aRouteThatCatchesItElsewhereIsNamed() {
    held("active", "[]", "somebody");

    Finding explained = explained();

    assertThat(explained.hop()).contains("alert sent -> routed");
    assertThat(seen(explained, "routed")).isEqualTo("to the receiver somebody, not platform-probe");
  }

  @Test
  void aReceiverThatIsNotReachedIsTheLastHop() {
    probe.look();
    metrics(PUSHED + FAILED.formatted(3));

    Finding explained = probe.explain(probe.look());

    assertThat(explained.hop()).contains("routed -> delivered");
    assertThat(seen(explained, "delivered")).endsWith("3 given up on: receiver_name pager");
  }

  @Test
  void anEndThatAlertmanagerDoesNotKnowOfWasNotSent() {
    delivered("firing");
    probe.look();
    metrics("");
    rule(0, "", Instant.now());

    assertThat(explained().hop()).contains("rule evaluated -> alert sent");
  }

  private Finding explained() {
    return probe.explain(probe.look());
  }

  private static String seen(Finding finding, String hop) {
    return finding.way().hops().stream()
        .filter(each -> each.name().equals(hop))
        .map(Way.Hop::observed)
        .findFirst()
        .orElseThrow();
  }

  private void metrics(String shown) {
    platform.server.on("GET /metrics", shown + "x 1\n");
  }

  private void target(String health) {
    platform.server.on(
        "GET /api/v1/targets",
        """
        {"data":{"activeTargets":[{"scrapePool":"platform-probe","labels":{},"health":"%s",
         "scrapeUrl":"http://pushgateway:9091/metrics","lastError":"%s",
         "lastScrape":"2026-01-01T12:00:00Z"}]}}
        """
            .formatted(health, health.equals("up") ? "" : "refused"));
  }

  private void stored(boolean stored) {
    String series = stored ? "{\"metric\":{},\"values\":[[1,\"1\"]]}" : "";
    platform.server.on("GET /api/v1/query", "{\"data\":{\"result\":[" + series + "]}}");
  }

  private void rule(int pending, String state, Instant evaluated) {
    String alert =
        state.isEmpty()
            ? ""
            : "{\"labels\":{\"run\":\"r1\"},\"state\":\""
                + state
                + "\",\"activeAt\":\"2026-01-01T12:00:00Z\"}";
    platform.server.on(
        "GET /api/v1/rules",
        """
        {"data":{"groups":[{"name":"platform-probe","file":"f","interval":1,"lastEvaluation":"%s",
         "rules":[{"name":"PlatformProbe","type":"alerting","query":"q","health":"ok","duration":%d,
         "alerts":[%s]}]}]}}
        """
            .formatted(evaluated, pending, alert));
  }

  private void alertmanagers(String... urls) {
    platform.server.on(
        "GET /api/v1/alertmanagers",
        "{\"data\":{\"activeAlertmanagers\":["
            + String.join(",", List.of(urls).stream().map(u -> "{\"url\":\"" + u + "\"}").toList())
            + "]}}");
  }

  private void held(String state, String silencedBy, String receiver) {
    platform.server.on(
        "GET /api/v2/alerts",
        """
        [{"labels":{"run":"r1"},"status":{"state":"%s","silencedBy":%s},"receivers":[{"name":"%s"}]}]
        """
            .formatted(state, silencedBy, receiver));
  }

  private void delivered(String... statuses) {
    String all =
        String.join(
            ",",
            List.of(statuses).stream()
                .map(s -> "{\"status\":\"" + s + "\",\"receiver\":\"platform-probe\"}")
                .toList());
    platform.server.on("GET /api/notifications", "[" + all + "]");
  }
}
