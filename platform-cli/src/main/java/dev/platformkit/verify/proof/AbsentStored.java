package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Elasticsearch.Line;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.journey.Template;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A text stands in no stored line and no span once those written later have arrived, for a platform
 * whose containers' own logs nobody can read. {@link AbsentProof} also looks at those.
 */
public final class AbsentStored implements Probe {
  private final Stored stored;
  private final Evidenced evidenced;
  private final Template text;
  private final List<String> services;
  private final Traces traces;

  /**
   * A proof of absence.
   *
   * @param services those whose later lines must have arrived before the store is believed
   */
  public AbsentStored(Stored stored, Template text, List<String> services, Traces traces) {
    this.stored = requireNonNull(stored, "stored is null");
    this.evidenced = stored.evidenced();
    this.text = requireNonNull(text, "text is null");
    this.services = List.copyOf(services);
    this.traces = requireNonNull(traces, "traces is null");
  }

  @Override
  public String id() {
    return "logs/absent";
  }

  @Override
  public String subject() {
    return evidenced.journey().name();
  }

  @Override
  public String expected() {
    return text.named() + " in no stored line and no span";
  }

  @Override
  public Finding look() {
    Set<String> late = new TreeSet<>(services);
    stored.latest().of(evidenced.sentinel().traceIds()).stream()
        .map(Line::service)
        .forEach(late::remove);
    long holding = stored.store().linesWith(text.with(evidenced.walk().values()));
    if (holding > 0) {
      return Finding.fail(holding + " stored lines hold " + text.named());
    }
    if (!late.isEmpty()) {
      return Finding.unknown("lines written later have not arrived of " + late);
    }
    Traced traced = new Traced(traces, evidenced);
    Optional<String> spansLate = traced.late();
    if (spansLate.isPresent()) {
      return Finding.unknown(spansLate.get());
    }
    return traced
        .with(Disguises.of(text.with(evidenced.walk().values())))
        .map(step -> Finding.fail("the trace of %s holds %s".formatted(step.name(), text.named())))
        .orElse(Finding.pass(text.named() + " nowhere"));
  }
}
