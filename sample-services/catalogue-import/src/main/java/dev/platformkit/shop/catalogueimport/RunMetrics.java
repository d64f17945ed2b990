package dev.platformkit.shop.catalogueimport;

import dev.platformkit.shop.product.v1.ImportProductsResponse;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import java.time.Duration;
import java.time.Instant;

/**
 * What one run has to tell. All of it are gauges: each run replaces what the one before it said,
 * and nobody is there to count from one run to the next.
 */
final class RunMetrics {
  private RunMetrics() {}

  /** A run that failed says nothing about success, nor about rows. */
  static CollectorRegistry failed(Instant at, Duration took) {
    CollectorRegistry metrics = new CollectorRegistry();
    gauge(metrics, "last_run_timestamp_seconds", "When the catalogue import last ran", seconds(at));
    gauge(
        metrics,
        "duration_seconds",
        "How long the catalogue import took when it last ran",
        took.toNanos() / 1e9);
    return metrics;
  }

  /** Success is of the very time of the run, so that the two can be compared. */
  static CollectorRegistry succeeded(Instant at, Duration took, ImportProductsResponse done) {
    CollectorRegistry metrics = failed(at, took);
    gauge(
        metrics,
        "last_success_timestamp_seconds",
        "When the catalogue import last succeeded",
        seconds(at));
    Gauge rows =
        Gauge.build("catalogue_import_rows", "Products of the last import, by what became of them")
            .labelNames("result")
            .register(metrics);
    rows.labels("created").set(done.getCreated());
    rows.labels("replaced").set(done.getReplaced());
    return metrics;
  }

  private static void gauge(CollectorRegistry metrics, String name, String help, double value) {
    Gauge.build("catalogue_import_" + name, help).register(metrics).set(value);
  }

  private static double seconds(Instant at) {
    return at.toEpochMilli() / 1e3;
  }
}
