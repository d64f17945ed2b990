package dev.platformkit.verify.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.verify.FakePlatform;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Verdict;
import dev.platformkit.verify.flow.Course;
import dev.platformkit.verify.flow.LineFlow;
import dev.platformkit.verify.flow.SpanFlow;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Service and collector answer at one address here, so one page holds the counters of both. */
class SpansProbeTest {
  private final FakePlatform platform = new FakePlatform().running("jaeger", "cart");

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void whatEndedAndIsStoredIsGood() {
    counted(10, 10, 0, 50, 50);
    SpansProbe probe = probe();
    counted(30, 30, 0, 70, 70);

    Finding finding = probe.look();

    assertThat(finding.verdict()).isEqualTo(Verdict.PASS);
    assertThat(finding.observed()).isEqualTo("20 stored, none lost");
  }

  @Test
  void itIsJudgedWhenTheJourneysAreOver() {
    assertThat(probe().afterJourneys()).isTrue();
  }

  @Test
  void oneSpanInTenThatIsNotExportedFails() {
    counted(10, 10, 0, 50, 50);
    SpansProbe probe = probe();
    counted(30, 28, 0, 68, 68);

    Finding finding = probe.look();

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.settled()).as("it may still come").isFalse();
    assertThat(finding.observed()).isEqualTo("cart exported 18 of 20 spans");
    assertThat(finding.hop()).contains("created -> exported");
  }

  @Test
  void whatWasLostInExportFailsAtOnce() {
    counted(10, 10, 0, 50, 50);
    SpansProbe probe = probe();
    counted(30, 29, 1, 69, 69);

    Finding finding = probe.look();

    assertThat(finding.observed()).isEqualTo("cart exported 19 of 20 spans, 1 did not arrive");
    assertThat(finding.settled()).isTrue();
    assertThat(finding.hop()).contains("exported -> received");
  }

  @Test
  void whatIsStillUnderWayDoesNotHideWhatIsLostForGood() {
    counted(10, 10, 0, 50, 50);
    SpansProbe probe = probe();
    counted(30, 29, 0, 67, 67, "otelcol_receiver_refused_spans_total 2");

    Finding finding = probe.look();

    assertThat(finding.settled()).isTrue();
    assertThat(finding.hop()).contains("exported -> received");
    assertThat(finding.observed()).isEqualTo("17 accepted, 2 refused");
  }

  @Test
  void whatTheCollectorAcceptedAndDidNotStoreFails() {
    counted(10, 10, 0, 50, 50);
    SpansProbe probe = probe();
    counted(30, 30, 0, 70, 65);

    Finding finding = probe.look();

    assertThat(finding.observed()).isEqualTo("15 of 20 stored");
    assertThat(finding.hop()).contains("received -> stored");
  }

  @Test
  void whatEndedBeforeTheRunAndDidNotArriveIsNotHeldAgainstIt() {
    counted(12, 10, 0, 50, 50);
    SpansProbe probe = probe();
    counted(32, 30, 2, 70, 70);

    assertThat(probe.look().verdict()).isEqualTo(Verdict.PASS);

    counted(33, 30, 3, 70, 70);
    assertThat(probe.look().hop()).contains("exported -> received");
  }

  @Test
  void whatIsExportedTwiceFails() {
    counted(10, 10, 0, 50, 50);
    SpansProbe probe = probe();
    counted(30, 50, 0, 90, 90);

    Finding finding = probe.look();

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.observed()).isEqualTo("cart exported 40 of 20 spans");
    assertThat(finding.hop()).contains("created -> exported");
  }

  @Test
  void whatIsStoredTwiceFails() {
    counted(10, 10, 0, 50, 50);
    SpansProbe probe = probe();
    counted(30, 30, 0, 70, 90);

    Finding finding = probe.look();

    assertThat(finding.observed()).isEqualTo("40 of 20 stored");
    assertThat(finding.hop()).contains("received -> stored");
  }

  @Test
  void whatWasLostBeforeTheRunIsNotHeldAgainstIt() {
    counted(10, 7, 0, 50, 40);
    SpansProbe probe = probe();
    counted(30, 27, 0, 70, 60);

    assertThat(probe.look().verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void whatIsUnderWayWhileOthersUseThePlatformIsNotLost() {
    counted(10, 10, 0, 50, 50);
    SpansProbe probe = probe();
    counted(1030, 1010, 0, 1050, 1030);
    assertThat(probe.look().settled()).isFalse();
    counted(1330, 1328, 0, 1350, 1348);

    assertThat(probe.look().verdict()).as("it goes up and down").isEqualTo(Verdict.PASS);
  }

  @Test
  void countersThatBeganAnewAreNotCompared() {
    counted(10, 10, 0, 50, 50);
    SpansProbe probe = probe();
    counted(3, 3, 0, 70, 70);

    Finding finding = probe.look();

    assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(finding.observed()).contains("[cart]");
  }

  @Test
  void aCollectorThatBeganAnewHasForgotten() {
    counted(10, 10, 0, 50, 50);
    SpansProbe probe = probe();
    counted(30, 30, 0, 20, 20);

    assertThat(probe.look()).isEqualTo(Finding.fail("jaeger was started anew during this run"));
  }

  @Test
  void aCollectorThatTellsNothingLeavesItUnknown() {
    assertThat(probe().look().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  private void counted(int ended, int exported, int failed, int accepted, int stored) {
    counted(ended, exported, failed, accepted, stored, "");
  }

  private void counted(int ended, int exported, int failed, int accepted, int stored, String more) {
    platform.server.on(
        "GET /metrics",
        """
        # TYPE otel_sdk_span_ended counter
        otel_sdk_span_ended_total{service="cart",} %d.0
        otel_sdk_exporter_span_exported_total{service="cart",result="success",} %d.0
        otel_sdk_exporter_span_exported_total{service="cart",result="failure",} %d.0
        otelcol_receiver_accepted_spans_total{receiver="otlp",transport="grpc"} %d
        otelcol_exporter_sent_spans_total{exporter="jaeger_storage_exporter"} %d
        %s
        """
            .formatted(ended, exported, failed, accepted, stored, more));
  }

  private SpansProbe probe() {
    return new SpansProbe(
        new Course(
            "nonce",
            SpanFlow.start(platform.addresses(), List.of("cart")),
            LineFlow.start(platform.addresses())));
  }
}
