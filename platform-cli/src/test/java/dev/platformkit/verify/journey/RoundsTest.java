package dev.platformkit.verify.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
  private final Journey first = journey("first", "calls_total{service=\"cart\"}");
  private final Journey same = journey("same", "calls_total{service=\"cart\",code=\"OK\"}");
  private final Journey other = journey("other", "calls_total{service=\"user\"}");

  @Test
  void journeysOfTheSameSeriesAreJudgedOneAfterTheOther() {
    assertThat(Rounds.of(List.of(first, same))).isEqualTo(List.of(List.of(first), List.of(same)));
  }

  @Test
  void othersAreJudgedTogether() {
    assertThat(Rounds.of(List.of(first, same, other)))
        .isEqualTo(List.of(List.of(first, other), List.of(same)));
    assertThat(Rounds.of(List.of())).isEmpty();
  }

  private static Journey journey(String name, String query) {
    return JourneyReader.parse(
        """
        name: %s
        target: gateway
        steps:
          - { name: view, get: /v1/cart, expect: { status: 200 } }
        proof:
          metrics:
            - { query: '%s', rises: 1 }
        """
            .formatted(name, query),
        name + ".yaml");
  }
}
