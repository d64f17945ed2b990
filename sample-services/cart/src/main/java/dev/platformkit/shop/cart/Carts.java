package dev.platformkit.shop.cart;

import static dev.platformkit.kit.grpc.Unary.answer;

import dev.platformkit.kit.auth.Caller;
import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.shop.cart.v1.AddItemRequest;
import dev.platformkit.shop.cart.v1.CartServiceGrpc;
import dev.platformkit.shop.cart.v1.ChangeItemRequest;
import dev.platformkit.shop.cart.v1.CheckOutRequest;
import dev.platformkit.shop.cart.v1.CheckOutResponse;
import dev.platformkit.shop.cart.v1.ClearCartRequest;
import dev.platformkit.shop.cart.v1.ClearCartResponse;
import dev.platformkit.shop.cart.v1.GetCartRequest;
import dev.platformkit.shop.cart.v1.GetCartResponse;
import dev.platformkit.shop.cart.v1.Item;
import dev.platformkit.shop.cart.v1.RemoveItemRequest;
import dev.platformkit.shop.cart.v1.RemoveItemResponse;
import dev.platformkit.shop.order.v1.CheckedOut;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.util.UUID;

/** The cart service as its contract has it. */
final class Carts extends CartServiceGrpc.CartServiceImplBase {
  private final Lines lines;
  private final Runnable written;
  private final Counter.Child checkOuts;

  /**
   * @param written run when there is an event to be published
   */
  Carts(Lines lines, Runnable written, CollectorRegistry metrics) {
    this.lines = lines;
    this.written = written;
    checkOuts =
        Counter.build("cart_checkouts", "Carts that were turned into orders")
            .labelNames("service")
            .register(metrics)
            .labels("cart");
  }

  @Override
  public void addItem(AddItemRequest request, StreamObserver<Item> answer) {
    answer(
        answer,
        lines
            .add(user(), item(request.getProductId(), request.getQuantity()))
            .orElseThrow(
                () ->
                    Refusal.because(
                            Code.FAILED_PRECONDITION,
                            "CART_FULL",
                            "a cart holds at most %d products and %d of each"
                                .formatted(Lines.LARGEST_CART, Lines.LARGEST_QUANTITY))
                        .asException()));
  }

  @Override
  public void changeItem(ChangeItemRequest request, StreamObserver<Item> answer) {
    answer(
        answer,
        lines
            .change(user(), item(request.getProductId(), request.getQuantity()))
            .orElseThrow(() -> notThere(request.getProductId())));
  }

  @Override
  public void removeItem(RemoveItemRequest request, StreamObserver<RemoveItemResponse> answer) {
    if (!lines.remove(user(), request.getProductId())) {
      throw notThere(request.getProductId());
    }
    answer(answer, RemoveItemResponse.getDefaultInstance());
  }

  @Override
  public void clearCart(ClearCartRequest request, StreamObserver<ClearCartResponse> answer) {
    lines.clear(user());
    answer(answer, ClearCartResponse.getDefaultInstance());
  }

  @Override
  public void getCart(GetCartRequest request, StreamObserver<GetCartResponse> answer) {
    answer(answer, GetCartResponse.newBuilder().addAllItems(lines.of(user())).build());
  }

  @Override
  public void checkOut(CheckOutRequest request, StreamObserver<CheckOutResponse> answer) {
    CheckedOut event =
        lines
            .checkOut(user(), "o-" + UUID.randomUUID(), traceparent())
            .orElseThrow(
                () ->
                    Refusal.because(
                            Code.FAILED_PRECONDITION, "CART_EMPTY", "there is nothing in the cart")
                        .asException());
    checkOuts.inc();
    written.run();
    answer(answer, CheckOutResponse.newBuilder().setOrderId(event.getOrderId()).build());
  }

  private static String user() {
    return Caller.signedIn().id();
  }

  /** The event is published later, by somebody else; but it happened in this trace. */
  private static String traceparent() {
    SpanContext span = Span.current().getSpanContext();
    return "00-%s-%s-%s"
        .formatted(span.getTraceId(), span.getSpanId(), span.getTraceFlags().asHex());
  }

  private static Item item(String productId, int quantity) {
    return Item.newBuilder().setProductId(productId).setQuantity(quantity).build();
  }

  private static StatusRuntimeException notThere(String productId) {
    return Refusal.because(
            Code.NOT_FOUND, "NOT_IN_CART", "there is no %s in the cart".formatted(productId))
        .asException();
  }
}
