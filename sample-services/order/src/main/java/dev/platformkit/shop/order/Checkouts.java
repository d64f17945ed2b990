package dev.platformkit.shop.order;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.platformkit.kit.broker.Message;
import dev.platformkit.shop.order.OrderBook.Outcome;
import dev.platformkit.shop.order.v1.CheckedOut;
import dev.platformkit.shop.product.v1.ProductServiceGrpc.ProductServiceBlockingStub;
import dev.platformkit.shop.product.v1.TakeStockRequest;
import dev.platformkit.shop.product.v1.TakeStockRequest.Amount;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns check-outs into orders. The same message may come any number of times, to any instance: an
 * order is taken down once, its stock is taken once (product tells by the order's id), and what
 * became of it is written and counted once. A message is done with when its outcome is written;
 * what fails before that throws, so that it comes again.
 */
final class Checkouts {
  private static final Logger log = LoggerFactory.getLogger(Checkouts.class);

  private final OrderBook book;
  private final ProductServiceBlockingStub products;
  private final OrderMetrics metrics;

  Checkouts(OrderBook book, ProductServiceBlockingStub products, OrderMetrics metrics) {
    this.book = book;
    this.products = products;
    this.metrics = metrics;
  }

  void handle(Message message) {
    CheckedOut checkedOut;
    try {
      checkedOut = CheckedOut.parseFrom(message.body());
    } catch (InvalidProtocolBufferException e) {
      // It would not become readable by coming again.
      log.error("a message on {} is no check-out and is dropped", message.subject(), e);
      return;
    }
    if (!book.open(checkedOut)) {
      log.info("order {} is closed already", checkedOut.getOrderId());
      return;
    }
    Outcome outcome = take(checkedOut);
    if (book.close(checkedOut.getOrderId(), outcome)) {
      metrics.closed(outcome, seconds(checkedOut));
      log.info(
          "order {} {}",
          checkedOut.getOrderId(),
          outcome.confirmed() ? "confirmed" : "rejected: " + outcome.reason());
    }
  }

  private Outcome take(CheckedOut checkedOut) {
    TakeStockRequest.Builder request =
        TakeStockRequest.newBuilder().setOrderId(checkedOut.getOrderId());
    checkedOut
        .getLinesList()
        .forEach(
            line ->
                request.addAmounts(
                    Amount.newBuilder()
                        .setProductId(line.getProductId())
                        .setQuantity(line.getQuantity())));
    try {
      return Outcome.confirmed(products.takeStock(request.build()).getTotalCents());
    } catch (StatusRuntimeException e) {
      Status status = e.getStatus();
      return switch (status.getCode()) {
        // Asking again would get the same answer.
        case FAILED_PRECONDITION, NOT_FOUND, INVALID_ARGUMENT ->
            Outcome.rejected(String.valueOf(status.getDescription()));
        default -> throw e;
      };
    }
  }

  private static double seconds(CheckedOut checkedOut) {
    return Durations.toNanos(Timestamps.between(checkedOut.getCheckedOutAt(), Timestamps.now()))
        / 1e9;
  }
}
