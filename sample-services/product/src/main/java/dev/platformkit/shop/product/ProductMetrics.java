package dev.platformkit.shop.product;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;
import java.util.List;

/** What is looked for, and what leaves the shelves; never by product, of which there are many. */
final class ProductMetrics {
  private final String service;
  private final Counter searches;
  private final Histogram found;
  private final Counter units;
  private final Counter refused;

  ProductMetrics(String service, CollectorRegistry metrics) {
    this.service = service;
    searches =
        Counter.build("product_searches", "Searches, by whether they found anything")
            .labelNames("service", "result")
            .register(metrics);
    found =
        Histogram.build("product_search_results", "Products on a page that was searched for")
            .labelNames("service")
            .buckets(0, 1, 2, 5, 10, 20, 50, 100)
            .register(metrics);
    units =
        Counter.build("product_stock_taken_units", "Units that orders have taken")
            .labelNames("service")
            .register(metrics);
    refused =
        Counter.build("product_orders_refused", "Orders whose stock could not be taken, by why not")
            .labelNames("service", "reason")
            .register(metrics);
    List.of("found", "nothing").forEach(result -> searches.labels(service, result));
    found.labels(service);
    units.labels(service);
    refused.labels(service, StockTaking.OUT_OF_STOCK);
  }

  void searched(int results) {
    searches.labels(service, results == 0 ? "nothing" : "found").inc();
    found.labels(service).observe(results);
  }

  void taken(int number) {
    units.labels(service).inc(number);
  }

  /** An order was refused for a reason of the contract. */
  void refused(String reason) {
    refused.labels(service, reason).inc();
  }
}
