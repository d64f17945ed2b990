package dev.platformkit.verify.journey;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which steps of journeys are sent many times: few, and between them they reach every service that
 * can be reached without changing anything.
 */
public final class Echoes {
  private record Choice(Journey journey, Step step) {
    Set<String> services() {
      return journey.services(step);
    }
  }

  private Echoes() {}

  /** The names of the steps, by journey; nothing for a journey of which none is needed. */
  public static Map<Journey, Set<String>> of(List<Journey> journeys) {
    List<Choice> choices =
        journeys.stream()
            .flatMap(j -> j.steps().stream().filter(Step::isSafe).map(step -> new Choice(j, step)))
            .toList();
    Set<String> services = new HashSet<>();
    choices.forEach(choice -> services.addAll(choice.services()));
    Map<Journey, Set<String>> echoed = new HashMap<>();
    for (Choice choice : Cover.of(choices, Choice::services, services)) {
      echoed.computeIfAbsent(choice.journey(), j -> new HashSet<>()).add(choice.step().name());
    }
    return echoed;
  }
}
