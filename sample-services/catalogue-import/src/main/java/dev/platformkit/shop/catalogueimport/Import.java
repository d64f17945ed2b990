package dev.platformkit.shop.catalogueimport;

import dev.platformkit.shop.catalogueimport.Pushgateway.PushFailed;
import dev.platformkit.shop.product.v1.ImportProductsResponse;
import dev.platformkit.shop.product.v1.Product;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.api.trace.Span;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the job. However it ends, Pushgateway is told that it ran; that it succeeded is told
 * only when it did, so that the time of the last success stays what it was.
 */
final class Import {
  private static final Logger log = LoggerFactory.getLogger(Import.class);

  private final Catalogue catalogue;
  private final Delivery delivery;
  private final Pushgateway pushgateway;
  private final Clock clock;

  Import(Catalogue catalogue, Delivery delivery, Pushgateway pushgateway, Clock clock) {
    this.catalogue = catalogue;
    this.delivery = delivery;
    this.pushgateway = pushgateway;
    this.clock = clock;
  }

  /**
   * Imports the catalogue, all of it or nothing.
   *
   * @throws ImportFailed saying why it was not, and what that means
   * @throws PushFailed when all was, but nobody will know
   */
  void run() throws InterruptedException {
    long start = System.nanoTime();
    ImportProductsResponse done;
    try {
      done = deliver();
    } catch (RuntimeException e) {
      ImportFailed failure = new ImportFailed(reason(e), e);
      try {
        pushgateway.push(RunMetrics.failed(clock.instant(), since(start)));
      } catch (PushFailed unheard) {
        failure.addSuppressed(unheard);
      }
      throw failure;
    }
    log.info(
        "imported {}: {} products created, {} replaced",
        catalogue.name(),
        done.getCreated(),
        done.getReplaced());
    pushgateway.push(RunMetrics.succeeded(clock.instant(), since(start), done));
  }

  private ImportProductsResponse deliver() throws InterruptedException {
    Span span = Span.current().setAttribute("app.catalogue.name", catalogue.name());
    List<Product> products = catalogue.products();
    span.setAttribute("shop.products.sent", products.size());
    ImportProductsResponse done = delivery.of(products);
    span.setAttribute("shop.products.created", done.getCreated());
    span.setAttribute("shop.products.replaced", done.getReplaced());
    return done;
  }

  private String reason(RuntimeException failure) {
    return failure instanceof StatusRuntimeException told
        ? "product did not take %s in, %s: %s"
            .formatted(catalogue.name(), written(told.getStatus().getCode()), told.getMessage())
        : failure.getMessage() + "; nothing was sent";
  }

  /** A call that was cut off may have been carried out all the same. */
  private static String written(Code code) {
    return switch (code) {
      case DEADLINE_EXCEEDED, UNAVAILABLE, CANCELLED, UNKNOWN, INTERNAL, DATA_LOSS ->
          "as far as is known (run it again)";
      case OK,
          INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          RESOURCE_EXHAUSTED,
          FAILED_PRECONDITION,
          ABORTED,
          OUT_OF_RANGE,
          UNIMPLEMENTED,
          UNAUTHENTICATED ->
          "nothing was written";
    };
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** The catalogue was not imported, as far as is known. */
  static final class ImportFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    ImportFailed(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
