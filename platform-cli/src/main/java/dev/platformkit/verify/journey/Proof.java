package dev.platformkit.verify.journey;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a journey must leave behind in the platform. */
public record Proof(
    List<TraceOf> traces, Optional<Logs> logs, List<Metric> metrics, List<Template> absent) {
  public Proof {
    traces = List.copyOf(traces);
    requireNonNull(logs, "logs is null");
    metrics = List.copyOf(metrics);
    absent = List.copyOf(absent);
  }

  /**
   * What is expected of the traces of each of a journey's steps: what is declared, else that
   * nothing is missing; nothing where the journey declares no trace at all.
   */
  public List<TraceOf> everyTrace(List<Step> steps) {
    if (traces.isEmpty()) {
      return List.of();
    }
    List<TraceOf> every = new ArrayList<>(traces);
    for (Step step : steps) {
      if (traces.stream().noneMatch(trace -> trace.step().equals(step.name()))) {
        every.add(TraceOf.whole(step.name()));
      }
    }
    return List.copyOf(every);
  }

  /** Every service whose spans or lines it speaks of. */
  public Set<String> services() {
    Set<String> services = new TreeSet<>();
    traces.forEach(trace -> services.addAll(trace.services()));
    logs.ifPresent(lines -> services.addAll(lines.each()));
    return services;
  }

  /** A call from one service to another. */
  public record Call(String from, String to) {
    public Call {
      requireNonNull(from, "from is null");
      requireNonNull(to, "to is null");
    }

    @Override
    public String toString() {
      return from + ">" + to;
    }
  }

  /**
   *
   *
   * <pre>
   * trace: { step: view-cart, calls: [api-gateway>cart-api, cart-api>cart], errors: 0, orphans: 0 }
   * </pre>
   *
   * @param step whose trace
   * @param errors how many spans with an error there have to be, {@link #ANY} for however many
   * @param orphans how many spans whose parent is missing there have to be; the announced parent of
   *     the whole is none
   */
  public record TraceOf(String step, List<Call> calls, int errors, int orphans) {
    public static final int ANY = -1;

    public TraceOf {
      requireNonNull(step, "step is null");
      calls = List.copyOf(calls);
    }

    /** What is demanded of a step of which nothing is declared: that nothing is missing. */
    public static TraceOf whole(String step) {
      return new TraceOf(step, List.of(), ANY, 0);
    }

    /** Every service that takes part. */
    public List<String> services() {
      return calls.stream()
          .flatMap(call -> List.of(call.from(), call.to()).stream())
          .distinct()
          .toList();
    }
  }

  /**
   *
   *
   * <pre>
   * logs: { each: [api-gateway, cart-api], lines: exact }
   * </pre>
   */
  public record Logs(List<String> each) {
    public Logs {
      each = List.copyOf(each);
    }
  }

  /**
   *
   *
   * <pre>
   * - { query: 'grpc_server_handled_total{service="cart",method="AddItem"}', rises: 1, exemplar: trace }
   * </pre>
   *
   * @param rises by how much at least
   * @param instances in how many instances of the service at least
   * @param exemplar whether a sample must name a trace of this journey
   */
  public record Metric(
      String query, Selector selector, int rises, int instances, boolean exemplar) {
    public Metric {
      requireNonNull(query, "query is null");
      requireNonNull(selector, "selector is null");
    }

    /** The scrape job that brings the series, which is named after the service. */
    public Optional<String> job() {
      return selector.value("job").or(() -> selector.value("service"));
    }

    /** The service whose series it is. */
    public String service() {
      return selector.value("service").or(() -> selector.value("job")).orElse("");
    }
  }
}
