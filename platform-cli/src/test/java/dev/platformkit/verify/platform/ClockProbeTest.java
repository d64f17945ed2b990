package dev.platformkit.verify.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.backend.ClockOffset;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.NotRunningException;
import dev.platformkit.verify.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ClockProbeTest {
  @Test
  void clocksThatAgreeAreGood() {
    assertThat(look(Map.of("a", off(0), "b", off(1)))).isEqualTo(Finding.pass("2 clocks agree"));
  }

  @Test
  void aClockThatIsTwoMinutesAheadIsNamed() {
    Finding finding = look(Map.of("a", off(0), "b", off(120)));

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.observed()).isEqualTo("the clock of b is 120 s ahead of ours");
  }

  @Test
  void whoDoesNotAnswerOrTellsNoTimeIsPassedOver() {
    Supplier<Optional<ClockOffset>> down =
        () -> {
          throw new NotRunningException("b", "exited");
        };

    assertThat(look(Map.of("a", off(0), "b", down, "c", Optional::empty)).verdict())
        .isEqualTo(Verdict.PASS);
    assertThat(look(Map.of("b", down)).verdict()).isEqualTo(Verdict.SKIP);
  }

  private static Finding look(Map<String, Supplier<Optional<ClockOffset>>> clocks) {
    return new ClockProbe(clocks).look();
  }

  private static Supplier<Optional<ClockOffset>> off(int seconds) {
    return () -> Optional.of(new ClockOffset(Duration.ofSeconds(seconds), Duration.ofMillis(500)));
  }
}
