package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.BackendException;
import dev.platformkit.backend.Jaeger;
import dev.platformkit.backend.Otlp;
import dev.platformkit.backend.Span;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.NotPartOfPlatformException;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.journey.Ids;
import dev.platformkit.verify.journey.Proof;
import dev.platformkit.verify.journey.StepRun;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A step's trace is whole: each expected call is a client span with its server span, no client span
 * is without one, nobody but the first has lost its parent. It is whole only when the sentinel's
 * spans of every service are there too: a span that is late would otherwise pass for one that was
 * never made.
 */
public final class TraceProof implements Probe {
  private static final String PROBE_SERVICE = "platform-probe";

  private final Evidenced evidenced;
  private final Proof.TraceOf expected;
  private final Addresses addresses;
  private final StepRun step;
  private final String directTrace = Ids.trace();
  private Optional<String> directRefused = Optional.empty();
  private boolean directSent;

  public TraceProof(Evidenced evidenced, Proof.TraceOf expected, Addresses addresses) {
    this.evidenced = requireNonNull(evidenced, "evidenced is null");
    this.expected = requireNonNull(expected, "expected is null");
    this.addresses = requireNonNull(addresses, "addresses is null");
    this.step = evidenced.walk().step(expected.step()).orElseThrow();
  }

  @Override
  public String id() {
    return "trace/complete";
  }

  @Override
  public String subject() {
    return evidenced.journey().name();
  }

  @Override
  public String expected() {
    return "trace of %s with the calls %s, %d errors, %d orphans"
        .formatted(
            expected.step(),
            expected.calls().stream().map(Proof.Call::toString).collect(Collectors.joining(", ")),
            expected.errors(),
            expected.orphans());
  }

  @Override
  public Finding look() {
    Jaeger jaeger = jaeger();
    sendDirect();
    Set<String> late = late(jaeger);
    List<Span> spans = jaeger.trace(step.traceId());
    evidenced.seen().trace(step, spans);
    TraceShape shape = TraceShape.of(spans, expected, step.spanId());
    String seen = "%d spans, %d services".formatted(shape.spans(), shape.services());
    if (shape.faults().isEmpty() && shape.spans() > 0 && late.isEmpty()) {
      return Finding.pass(seen);
    }
    if (shape.faults().isEmpty() && shape.spans() > 0) {
      return Finding.unknown(seen + "; spans sent later have not arrived from " + late);
    }
    return withFaults(
        Finding.missing(seen + (late.isEmpty() ? "" : "; nothing sent later from " + late)), shape);
  }

  /** The services whose spans of the sentinel are not there yet. */
  private Set<String> late(Jaeger jaeger) {
    Set<String> late = new TreeSet<>(expected.services());
    evidenced.sentinel().step(expected.step()).map(StepRun::traceId).stream()
        .flatMap(id -> jaeger.trace(id).stream())
        .map(Span::service)
        .forEach(late::remove);
    return late;
  }

  private static Finding withFaults(Finding finding, TraceShape shape) {
    Finding with = finding;
    for (String fault : shape.faults()) {
      with = with.detail(fault);
    }
    return with;
  }

  /**
   * A span of our own was sent through the same door: if it cannot be found either, the store is to
   * blame; else those whose spans are missing never delivered them.
   */
  @Override
  public Finding explain(Finding found) {
    Jaeger jaeger = jaeger();
    Finding linked =
        found.link(jaeger.page(step.traceId())).link("platform logs --trace " + step.traceId());
    if (directRefused.isPresent()) {
      return linked.at("exported -> received").detail(directRefused.get());
    }
    if (directSent && jaeger.trace(directTrace).isEmpty()) {
      return linked
          .at("received -> stored")
          .detail("a span that verify sent itself was taken and cannot be found");
    }
    Set<String> silent = late(jaeger);
    if (directSent && !silent.isEmpty()) {
      return linked
          .at("created -> exported")
          .detail(
              "a span that verify sent itself is there; no span of this run came from " + silent);
    }
    return linked;
  }

  private void sendDirect() {
    if (directSent || directRefused.isPresent()) {
      return;
    }
    try {
      Otlp otlp = new Otlp(addresses.server("jaeger", 4318));
      otlp.span(PROBE_SERVICE, "sentinel", directTrace, Ids.span(), Instant.now());
      directSent = true;
    } catch (NotPartOfPlatformException e) {
      directSent = false; // a platform that is only read from
    } catch (BackendException e) {
      directRefused = Optional.of(e.getMessage());
    }
  }

  private Jaeger jaeger() {
    return new Jaeger(addresses.server("jaeger", 16686));
  }
}
