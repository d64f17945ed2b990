package dev.platformkit.verify.journey;

import java.util.ArrayList;
import java.util.List;

/**
 * Parts journeys that declare the same series, so that no rise of one counts for another; all
 * others are judged together.
 */
public final class Rounds {
  private Rounds() {}

  /** The journeys of each round, in their order. */
  public static List<List<Journey>> of(List<Journey> journeys) {
    List<List<Journey>> rounds = new ArrayList<>();
    for (Journey journey : journeys) {
      rounds.stream()
          .filter(round -> round.stream().noneMatch(other -> overlap(journey, other)))
          .findFirst()
          .orElseGet(
              () -> {
                List<Journey> another = new ArrayList<>();
                rounds.add(another);
                return another;
              })
          .add(journey);
    }
    return rounds;
  }

  private static boolean overlap(Journey one, Journey other) {
    return one.proof().metrics().stream()
        .anyMatch(
            metric ->
                other.proof().metrics().stream()
                    .anyMatch(m -> m.selector().overlaps(metric.selector())));
  }
}
