package dev.platformkit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WayTest {
  @Test
  void aWayThatIsWholeHasNoBrokenHop() {
    Way way = Way.none().reached("written", "6 lines").reached("collected", "read");

    assertThat(way.broken()).isEmpty();
    assertThat(Way.none().broken()).isEmpty();
  }

  @Test
  void theFirstBrokenHopIsNamedWithTheLastThatWasSeen() {
    Way way =
        Way.none()
            .reached("written", "6 lines")
            .reached("collected", "read")
            .broken("accepted", "6 refused")
            .broken("searchable", "none found");

    assertThat(way.broken()).contains("collected -> accepted");
  }

  @Test
  void aHopThatNobodyCouldLookAtIsNotCalledSeen() {
    Way way =
        Way.none()
            .reached("created", "8 spans")
            .unknown("exported", "no metrics of the SDK")
            .broken("stored", "none");

    assertThat(way.broken()).contains("created -> stored");
  }

  @Test
  void whatWasSeenNowhereIsBrokenAtItsFirstHop() {
    assertThat(Way.none().broken("written", "no line").broken("collected", "none").broken())
        .contains("written");
  }
}
