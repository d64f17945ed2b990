package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Jaeger;
import dev.platformkit.backend.Prometheus.Exemplar;
import dev.platformkit.backend.Span;
import dev.platformkit.verify.Addresses;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tells whether an exemplar that is not ours is as true as ours would be: the trace store holds the
 * trace that it names, with a span of that very service which ended when the exemplar was made. On
 * a series that others use too, one of theirs is what a scrape meets.
 */
final class OthersTraces {
  private static final int LOOKED_UP = 3;
  private static final Duration CLOSE = Duration.ofSeconds(2);

  private final Addresses addresses;

  OthersTraces(Addresses addresses) {
    this.addresses = requireNonNull(addresses, "addresses is null");
  }

  /** The trace of the latest of these exemplars for which that is so. */
  Optional<String> trueOne(List<Exemplar> exemplars, String service) {
    List<Exemplar> latest =
        exemplars.stream()
            .filter(exemplar -> exemplar.labels().containsKey("trace_id"))
            .sorted(Comparator.comparing(Exemplar::time).reversed())
            .limit(LOOKED_UP)
            .toList();
    if (latest.isEmpty()) {
      return Optional.empty();
    }
    Jaeger jaeger = new Jaeger(addresses.server("jaeger", 16686));
    return latest.stream()
        .filter(e -> isTrue(e, jaeger.trace(e.labels().get("trace_id")).spans(), service))
        .map(e -> e.labels().get("trace_id"))
        .findFirst();
  }

  private static boolean isTrue(Exemplar exemplar, List<Span> spans, String service) {
    return spans.stream()
        .filter(span -> span.service().equals(service))
        .anyMatch(
            span -> Duration.between(span.end(), exemplar.time()).abs().compareTo(CLOSE) <= 0);
  }
}
