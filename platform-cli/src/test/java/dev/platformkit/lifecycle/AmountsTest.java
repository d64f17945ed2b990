package dev.platformkit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
  @ParameterizedTest
  @CsvSource({
    "300, 0.3 s, 0.3s",
    "9999, 10 s, 10s",
    "48200, 48 s, 48s",
    "130000, 2 min 10 s, 2m10s",
    "120000, 2 min, 2m",
    "7200000, 2 h, 2h",
    "259200000, 3 d, 3d"
  })
  void aDurationIsAsRoughAsItIsLong(long millis, String words, String shortly) {
    assertThat(Amounts.duration(Duration.ofMillis(millis))).isEqualTo(words);
    assertThat(Amounts.shortly(Duration.ofMillis(millis))).isEqualTo(shortly);
  }

  @Test
  void bytesAreTold() {
    assertThat(Amounts.bytes(815L << 20)).isEqualTo("815 MiB");
    assertThat(Amounts.bytes(1900L << 20)).isEqualTo("1.9 GiB");
  }
}
