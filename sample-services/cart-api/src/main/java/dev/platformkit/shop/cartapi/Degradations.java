package dev.platformkit.shop.cartapi;

import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.shop.cartapi.v1.Degradation;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.api.trace.Span;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Summary;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Answers that had to do without a service. */
final class Degradations {
  /** What can be answered without: the service is not there, not in time, or not well. */
  private static final Set<Code> WITHOUT =
      Set.of(Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED, Code.INTERNAL, Code.UNKNOWN);

  private final Counter degraded;
  private final Summary.Child ages;

  Degradations(CollectorRegistry metrics) {
    degraded =
        Counter.build("cart_api_degraded", "Answers that had to do without a service")
            .labelNames("service", "target")
            .register(metrics);
    List.of("product", "user").forEach(target -> degraded.labels("cart-api", target));
    // Not a histogram: nobody knows beforehand whether these are seconds or days.
    ages =
        Summary.build("cart_api_stale_seconds", "How old products are that stand in for today's")
            .labelNames("service")
            .quantile(.5, .05)
            .quantile(.99, .005)
            .register(metrics)
            .labels("cart-api");
  }

  /** Tells of a product that is as it was so long ago. */
  void stale(Duration age) {
    ages.observe(age.toNanos() / 1e9);
  }

  /** Goes on without a service if that is possible; throws what it answered otherwise. */
  Degradation without(String service, StatusRuntimeException failure) {
    if (!WITHOUT.contains(failure.getStatus().getCode())) {
      throw failure;
    }
    degraded.labels("cart-api", service).inc();
    Span.current().setAttribute("shop.degraded." + service, true);
    return Degradation.newBuilder()
        .setService(service)
        .setReason(Refusal.reason(failure).orElse(failure.getStatus().getCode().name()))
        .build();
  }
}
