package dev.platformkit.shop.order;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;

/** What the shop earns, and how long its customers wait for it. */
final class OrderMetrics {
  private static final String CONFIRMED = "confirmed";
  private static final String REJECTED = "rejected";

  private final String service;
  private final Counter orders;
  private final Counter revenue;
  private final Histogram wait;

  OrderMetrics(String service, CollectorRegistry metrics) {
    this.service = service;
    orders =
        Counter.build("orders", "Orders, by what became of them")
            .labelNames("service", "result")
            .register(metrics);
    revenue =
        Counter.build("order_revenue_cents", "What confirmed orders come to")
            .labelNames("service")
            .register(metrics);
    // A histogram: how long customers wait is asked over all instances together.
    wait =
        Histogram.build("order_wait_seconds", "From check-out until the order's outcome is known")
            .labelNames("service")
            .buckets(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)
            .register(metrics);
    orders.labels(service, CONFIRMED);
    orders.labels(service, REJECTED);
    revenue.labels(service);
    wait.labels(service);
  }

  void closed(OrderBook.Outcome outcome, double seconds) {
    orders.labels(service, outcome.confirmed() ? CONFIRMED : REJECTED).inc();
    revenue.labels(service).inc((double) outcome.totalCents());
    wait.labels(service).observe(Math.max(0, seconds));
  }
}
