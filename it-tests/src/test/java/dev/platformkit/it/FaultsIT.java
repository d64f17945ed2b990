package dev.platformkit.it;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A proof that cannot be fooled: one thing is broken, most often with every container healthy, and
 * verify is red and names the first broken hop.
 */
@ExtendWith(FaultPlatform.Shared.class)
class FaultsIT {
  private static final String FAULTS = "dev.platformkit.it.Faults#";

  private final FaultPlatform platform;

  FaultsIT(FaultPlatform platform) {
    this.platform = platform;
  }

  @AfterEach
  void heal() {
    platform.heal();
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource(FAULTS + "ofTraces")
  void aTraceIsNotWholeWhere(Fault fault) {
    assertTold(fault);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource(FAULTS + "ofLogs")
  void logsAreNotExactWhere(Fault fault) {
    assertTold(fault);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource(FAULTS + "ofMetrics")
  void metricsAreNotProvenWhere(Fault fault) {
    assertTold(fault);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource(FAULTS + "ofDashboards")
  void aDashboardDoesNotShowWhatItMeansToWhere(Fault fault) {
    assertTold(fault);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource(FAULTS + "ofAlerts")
  void anAlertDoesNotArriveWhere(Fault fault) {
    assertTold(fault);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource(FAULTS + "ofServices")
  void aServiceIsNotFoundWhere(Fault fault) {
    assertTold(fault);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource(FAULTS + "ofTheShop")
  void aJourneyDoesNotComeToItsEndWhere(Fault fault) {
    assertTold(fault);
  }

  private void assertTold(Fault fault) {
    fault.how().accept(platform);

    platform.verify().assertRed(fault);
  }
}
