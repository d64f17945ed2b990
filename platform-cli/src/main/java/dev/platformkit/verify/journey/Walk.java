package dev.platformkit.verify.journey;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A journey as it was gone once.
 *
 * @param steps up to the first that was not answered as expected
 * @param values what its templates stood for: given and captured
 */
public record Walk(
    Journey journey, Instant start, Instant end, List<StepRun> steps, Map<String, String> values) {
  public Walk {
    requireNonNull(journey, "journey is null");
    requireNonNull(start, "start is null");
    requireNonNull(end, "end is null");
    steps = List.copyOf(steps);
    values = Map.copyOf(values);
  }

  /** Whether every step was answered as expected. */
  public boolean complete() {
    return steps.size() == journey.steps().size() && steps.stream().allMatch(StepRun::good);
  }

  /** The trace ids of its steps. */
  public List<String> traceIds() {
    return steps.stream().map(StepRun::traceId).toList();
  }

  /** A step of it; empty where it did not come so far. */
  public Optional<StepRun> step(String name) {
    return steps.stream().filter(step -> step.name().equals(name)).findFirst();
  }
}
