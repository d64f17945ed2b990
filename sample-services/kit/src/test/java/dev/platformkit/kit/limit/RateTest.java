package dev.platformkit.kit.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {
  @ParameterizedTest
  @CsvSource({"10/s,PT0.1S", "90/m,PT0.666666667S", "3600/h,PT1S", "3/s,PT0.333333334S"})
  void aRateIsAnInterval(String written, Duration interval) {
    assertThat(Rate.of(Map.of("RATE_LIMIT", written))).hasValue(new Rate(interval, 20));
  }

  @Test
  void howManyWaitCanBeSaid() {
    assertThat(Rate.of(Map.of("RATE_LIMIT", "10/s", "RATE_QUEUE", "0")))
        .hasValue(new Rate(Duration.ofMillis(100), 0));
  }

  @Test
  void whereNothingIsSaidThereIsNoLimit() {
    assertThat(Rate.of(Map.of())).isEmpty();
    assertThat(Rate.of(Map.of("RATE_LIMIT", " ", "RATE_QUEUE", "3"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "0/s", "-1/s", "10/d", "1.5/s", "ten/s", "9999999/s"})
  void whatIsNoRateIsRefused(String written) {
    assertThatThrownBy(() -> Rate.of(Map.of("RATE_LIMIT", written)))
        .hasMessage("RATE_LIMIT=" + written + " is no rate: write 10/s, 90/m or 5000/h");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "many", "10000", "1.5"})
  void whatIsNoQueueIsRefused(String written) {
    assertThatThrownBy(() -> Rate.of(Map.of("RATE_LIMIT", "10/s", "RATE_QUEUE", written)))
        .hasMessage("RATE_QUEUE=" + written + " is not from 0 to 9999");
  }
}
