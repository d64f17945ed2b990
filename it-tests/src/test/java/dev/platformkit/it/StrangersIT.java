package dev.platformkit.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Services that have never heard of us, in another language, are proven like our own; and whoever
 * else uses the platform meanwhile changes nothing of what is proven.
 */
@ExtendWith(FaultPlatform.Shared.class)
class StrangersIT {
  private final FaultPlatform platform;

  StrangersIT(FaultPlatform platform) {
    this.platform = platform;
  }

  @Test
  void strangersAreProvenByAStackAndAJourneyAlone() {
    Verified verified = platform.verify();

    verified.assertGreen();
    assertThat(verified.checks())
        .filteredOn(c -> c.path("subject").asText().equals("notes"))
        .extracting(c -> c.path("id").asText())
        .contains(
            "journey/steps",
            "trace/complete",
            "logs/exact",
            "logs/absent",
            "metrics/rise",
            "metrics/targets",
            "registry/passing",
            "kv/seen");
  }

  @Test
  void trafficOnEveryServiceChangesNeitherVerdictNorCounts() {
    Verified alone = platform.verify();
    try (Traffic traffic = Traffic.on(FaultPlatform.NAME, true)) {
      Verified among = platform.verifyWithTime();

      among.assertGreen();
      assertThat(among.checks()).hasSameSizeAs(alone.checks());
      assertThat(traffic.answered()).as("requests meanwhile").isGreaterThan(100);
    }
  }
}
