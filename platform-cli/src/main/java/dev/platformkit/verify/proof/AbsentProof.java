package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Elasticsearch.Line;
import dev.platformkit.engine.Container;
import dev.platformkit.engine.LogLine;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Way;
import dev.platformkit.verify.flow.SpanFlow;
import dev.platformkit.verify.journey.StepRun;
import dev.platformkit.verify.journey.Template;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A text stands nowhere where it could be read: not in what any container wrote, by the engine's
 * own logs; not in the store once lines written later have arrived there; not in the journey's
 * traces; and not in what its services show at {@code /metrics}.
 */
public final class AbsentProof implements Probe {
  private final Stored stored;
  private final Evidenced evidenced;
  private final Template text;
  private final EngineLogs logs;
  private final Addresses addresses;
  private final List<Container> everywhere;
  private final List<String> services;
  private final Traces traces;
  private final SpanFlow flow;

  /**
   * A proof of absence.
   *
   * @param everywhere every container that may have written the text
   * @param services those whose later lines must have arrived before the store is believed
   */
  public AbsentProof(
      Stored stored,
      Template text,
      EngineLogs logs,
      Addresses addresses,
      List<Container> everywhere,
      List<String> services,
      Traces traces,
      SpanFlow flow) {
    this.stored = requireNonNull(stored, "stored is null");
    this.evidenced = stored.evidenced();
    this.text = requireNonNull(text, "text is null");
    this.logs = requireNonNull(logs, "logs is null");
    this.addresses = requireNonNull(addresses, "addresses is null");
    this.everywhere = List.copyOf(everywhere);
    this.services = List.copyOf(services);
    this.traces = requireNonNull(traces, "traces is null");
    this.flow = requireNonNull(flow, "flow is null");
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
    return text.named() + " in no log line, span or metric";
  }

  @Override
  public Finding look() {
    Traced traced = new Traced(traces, evidenced);
    Set<String> late = new TreeSet<>(services);
    StoredLines.Snapshot shown = stored.latest();
    shown.of(evidenced.sentinel().traceIds()).stream()
        .map(Line::containerId)
        .forEach(id -> late.removeIf(service -> isOf(service, id)));
    if (!late.isEmpty()) {
      return Finding.unknown("lines written later have not arrived of " + late);
    }
    Optional<String> spansLate = traced.late();
    if (spansLate.isPresent()) {
      return Finding.unknown(spansLate.get());
    }
    Disguises value = Disguises.of(text.with(evidenced.walk().values()));
    for (Container container : everywhere) {
      for (LogLine line : logs.of(container, shown.nanos())) {
        if (value.in(line.text())) {
          String seen = "%s wrote %s at %s".formatted(container.name(), text.named(), line.time());
          return Finding.fail(seen)
              .on(Way.none().broken("written", seen))
              .link("platform logs " + container.service());
        }
      }
    }
    long lines = stored.store().linesWith(text.with(evidenced.walk().values()));
    if (lines > 0) {
      String seen = lines + " stored lines hold " + text.named();
      return Finding.fail(seen).on(Way.none().broken("searchable", seen));
    }
    return outsideOfLogs(value, traced);
  }

  private Finding outsideOfLogs(Disguises value, Traced traced) {
    Optional<StepRun> step = traced.with(value);
    if (step.isPresent()) {
      String seen = "the trace of %s holds %s".formatted(step.get().name(), text.named());
      return Finding.fail(seen)
          .on(Way.none().broken("created", seen))
          .link(traces.store().page(step.get().traceId()));
    }
    for (Map.Entry<String, String> page : flow.pages().entrySet()) {
      if (value.in(page.getValue())) {
        String seen = "%s shows %s in its metrics".formatted(page.getKey(), text.named());
        return Finding.fail(seen).on(Way.none().broken("exposed", seen));
      }
    }
    return Finding.pass(text.named() + " nowhere");
  }

  private boolean isOf(String service, String containerId) {
    return addresses.containers(service).stream().anyMatch(c -> c.id().equals(containerId));
  }
}
