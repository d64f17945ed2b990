package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.verify.NotPartOfPlatformException;
import dev.platformkit.verify.journey.StepRun;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** All that the trace store holds of a journey, to look for a text in it. */
final class Traced {
  private final Traces traces;
  private final Evidenced evidenced;

  Traced(Traces traces, Evidenced evidenced) {
    this.traces = requireNonNull(traces, "traces is null");
    this.evidenced = requireNonNull(evidenced, "evidenced is null");
  }

  /** Whose spans have to be there before the store is believed, where some are not. */
  Optional<String> late() {
    Set<String> late;
    try {
      late = traces.late(services());
    } catch (NotPartOfPlatformException e) {
      return Optional.empty(); // nobody keeps spans here
    }
    return late.isEmpty()
        ? Optional.empty()
        : Optional.of("spans sent later have not arrived of " + late);
  }

  private Set<String> services() {
    Set<String> services = new TreeSet<>();
    evidenced.journey().proof().traces().forEach(trace -> services.addAll(trace.services()));
    return services;
  }

  /** The step of whose trace anything holds a text, now that none of its services is late. */
  Optional<StepRun> with(Disguises value) {
    Set<String> services = services();
    try {
      return evidenced.walk().steps().stream()
          .filter(step -> value.in(traces.text(step.traceId(), services)))
          .findFirst();
    } catch (NotPartOfPlatformException e) {
      return Optional.empty(); // nobody keeps spans here
    }
  }
}
