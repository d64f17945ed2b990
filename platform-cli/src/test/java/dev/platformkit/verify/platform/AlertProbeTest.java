package dev.platformkit.verify.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.backend.FakeServer;
import dev.platformkit.verify.FakePlatform;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Verdict;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertProbeTest {
  private static final String GROUP = "/metrics/job/platform-probe/run/r1";

  private final FakePlatform platform =
      new FakePlatform().running("prometheus", "alertmanager", "alert-inbox", "pushgateway");
  private final AlertProbe probe = new AlertProbe("r1", platform.addresses());
  private boolean sampleStored;
  private boolean alertFires;

  @BeforeEach
  void healthyDoors() {
    platform.server.on("PUT " + GROUP, "").on("DELETE " + GROUP, 202, "");
    delivered();
    platform.server.on("GET /api/v2/alerts", "[]");
    platform.server.on(
        "GET /api/v1/query",
        asked -> {
          boolean there = asked.query().contains("ALERTS") ? alertFires : sampleStored;
          String series = there ? "{\"metric\":{},\"values\":[[1,\"1\"]]}" : "";
          return new FakeServer.Answer(200, "{\"data\":{\"result\":[" + series + "]}}");
        });
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
  void aMetricThatIsNotScrapedIsTheFirstBrokenHop() {
    assertThat(explained().hop()).contains("exposed -> scraped");
  }

  @Test
  void aRuleThatDoesNotFireIsTheFirstBrokenHop() {
    sampleStored = true;

    assertThat(explained().hop()).contains("stored -> rule evaluated");
  }

  @Test
  void anAlertThatAlertmanagerDoesNotHaveWasNotSent() {
    sampleStored = true;
    alertFires = true;

    assertThat(explained().hop()).contains("rule evaluated -> sent");
  }

  @Test
  void aSilenceIsNamed() {
    held("suppressed", "[\"s1\"]", "platform-probe");

    Finding explained = explained();

    assertThat(explained.hop()).contains("sent -> routed");
    assertThat(explained.details()).contains("silenced by s1");
  }

  @Test
  void aRouteThatCatchesItElsewhereIsNamed() {
    held("active", "[]", "somebody");

    Finding explained = explained();

    assertThat(explained.hop()).contains("sent -> routed");
    assertThat(explained.details()).anyMatch(d -> d.contains("receiver somebody"));
  }

  @Test
  void aReceiverThatIsNotReachedIsTheLastHop() {
    held("active", "[]", "platform-probe");

    assertThat(explained().hop()).contains("routed -> delivered");
  }

  private Finding explained() {
    return probe.explain(probe.look());
  }

  private void held(String state, String silencedBy, String receiver) {
    sampleStored = true;
    alertFires = true;
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
            ",", List.of(statuses).stream().map(s -> "{\"status\":\"" + s + "\"}").toList());
    platform.server.on("GET /api/notifications", "[" + all + "]");
  }
}
