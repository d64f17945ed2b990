package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Jaeger;
import dev.platformkit.verify.NotPartOfPlatformException;
import dev.platformkit.verify.journey.Proof;
import dev.platformkit.verify.journey.StepRun;
import java.util.Optional;

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
    for (Proof.TraceOf of : evidenced.journey().proof().traces()) {
      StepRun later = evidenced.sentinel().step(of.step()).orElseThrow();
      try {
        if (traces.known(later.traceId()).isEmpty()) {
          return Optional.of("spans sent later have not arrived of " + of.step());
        }
      } catch (NotPartOfPlatformException e) {
        return Optional.empty(); // nobody keeps spans here
      }
    }
    return Optional.empty();
  }

  /** The step of whose trace anything holds a text. */
  Optional<StepRun> with(Disguises value) {
    Jaeger store;
    try {
      store = traces.store();
    } catch (NotPartOfPlatformException e) {
      return Optional.empty(); // nobody keeps spans here
    }
    return evidenced.walk().steps().stream()
        .filter(step -> value.in(store.text(step.traceId())))
        .findFirst();
  }
}
