package dev.platformkit.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> STACKS = List.of("data", "metrics", "tracing", "logging");

  @Test
  void aSlipOfTheFingerIsUnderstood() {
    assertThat(Nearest.of("metricz", STACKS)).contains("metrics");
    assertThat(Nearest.of("loging", STACKS)).contains("logging");
  }

  @Test
  void anotherWordAltogetherIsNotGuessedAt() {
    assertThat(Nearest.of("kubernetes", STACKS)).isEmpty();
  }

  @Test
  void distanceCountsSingleEdits() {
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    assertThat(Nearest.distance("same", "same")).isZero();
  }
}
