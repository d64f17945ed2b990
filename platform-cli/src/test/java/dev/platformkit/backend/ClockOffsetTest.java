package dev.platformkit.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockOffsetTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.400Z");

  @Test
  void aDateOfThisSecondIsOurTime() {
    assertThat(offset(0).isOff()).isFalse();
    assertThat(offset(-2).isOff()).isFalse();
    assertThat(offset(2).isOff()).isFalse();
  }

  @Test
  void twoMinutesAreTooMuchEitherWay() {
    assertThat(offset(120).isOff()).isTrue();
    assertThat(offset(120).inWords()).isEqualTo("120 s ahead of ours");
    assertThat(offset(-120).isOff()).isTrue();
    assertThat(offset(-120).inWords()).isEqualTo("120 s behind ours");
  }

  @Test
  void anAnswerThatTookLongTellsLess() {
    Instant asked = NOW.minusSeconds(10);

    assertThat(ClockOffset.between(asked, asked, NOW).isOff()).isFalse();
  }

  @Test
  void aServerTellsItsTimeWithWhateverItAnswers() {
    try (FakeServer fake = new FakeServer()) {
      assertThat(fake.as("any").clock(HttpCall.get("/not-here")))
          .hasValueSatisfying(offset -> assertThat(offset.isOff()).isFalse());
    }
  }

  private static ClockOffset offset(int seconds) {
    Instant date = Instant.parse("2026-01-01T12:00:00Z").plusSeconds(seconds);
    return ClockOffset.between(date, NOW.minusMillis(2), NOW);
  }
}
