package dev.platformkit.verify.journey;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A journey as it was gone once.
 *
 * @param steps up to the first that was not answered as expected
 * @param echoes steps that were sent more than once, each time with a trace of its own
 * @param values what its templates stood for: given and captured
 */
public record Walk(
    Journey journey,
    Instant start,
    Instant end,
    List<StepRun> steps,
    List<StepRun> echoes,
    Map<String, String> values) {
  public Walk {
    requireNonNull(journey, "journey is null");
    requireNonNull(start, "start is null");
    requireNonNull(end, "end is null");
    steps = List.copyOf(steps);
    echoes = List.copyOf(echoes);
    values = Map.copyOf(values);
  }

  /** A walk of whose steps none was sent again. */
  public Walk(
      Journey journey,
      Instant start,
      Instant end,
      List<StepRun> steps,
      Map<String, String> values) {
    this(journey, start, end, steps, List.of(), values);
  }

  /** Whether every step was answered as expected, each time. */
  public boolean complete() {
    return steps.size() == journey.steps().size() && requests().allMatch(StepRun::good);
  }

  /** How long its steps took, each once. */
  public Duration took() {
    return steps.stream().map(StepRun::took).reduce(Duration.ZERO, Duration::plus);
  }

  /** Everything that was sent. */
  public Stream<StepRun> requests() {
    return Stream.concat(steps.stream(), echoes.stream());
  }

  /** The trace ids of its steps. */
  public List<String> traceIds() {
    return steps.stream().map(StepRun::traceId).toList();
  }

  /** The trace ids of everything that was sent. */
  public List<String> everyTraceId() {
    return requests().map(StepRun::traceId).toList();
  }

  /** A step as often as it was sent again. */
  public List<StepRun> echoes(String name) {
    return echoes.stream().filter(echo -> echo.name().equals(name)).toList();
  }

  /** A step of it; empty where it did not come so far. */
  public Optional<StepRun> step(String name) {
    return steps.stream().filter(step -> step.name().equals(name)).findFirst();
  }
}
