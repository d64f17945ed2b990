package dev.platformkit.shop.product;

import dev.platformkit.kit.Unavailable;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many products there are, counted from time to time and by nobody's request: a scrape costs no
 * statement, and is not kept waiting by a database that hangs. Until the first count, and while
 * counting fails, it is not a number rather than an old one. Every instance tells the same.
 */
final class CatalogueSize implements AutoCloseable {
  static final Duration EVERY = Duration.ofSeconds(15);

  private static final Logger log = LoggerFactory.getLogger(CatalogueSize.class);

  /** A trace that nobody asked for is not kept. */
  private static final Context UNTRACED =
      Context.root()
          .with(
              Span.wrap(
                  SpanContext.create(
                      "00000000000000000000000000000001",
                      "0000000000000001",
                      TraceFlags.getDefault(),
                      TraceState.getDefault())));

  private final Catalogue catalogue;
  private final Gauge.Child products;
  private final ScheduledExecutorService turn =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "catalogue-size");
            thread.setDaemon(true);
            return thread;
          });

  private Future<?> counting = CompletableFuture.completedFuture(null);

  CatalogueSize(String service, Catalogue catalogue, CollectorRegistry metrics) {
    this.catalogue = catalogue;
    products =
        Gauge.build("product_catalogue_products", "Products there are, counted every 15 s")
            .labelNames("service")
            .register(metrics)
            .labels(service);
    products.set(Double.NaN);
  }

  void start() {
    counting =
        turn.scheduleWithFixedDelay(
            UNTRACED.wrap(this::count), 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  void count() {
    try {
      products.set((double) catalogue.size());
    } catch (Unavailable e) {
      products.set(Double.NaN);
    } catch (RuntimeException e) {
      products.set(Double.NaN);
      log.error("the products cannot be counted", e);
    }
  }

  @Override
  public void close() {
    counting.cancel(true);
    turn.shutdownNow();
  }
}
