package dev.platformkit.shop.order;

import static dev.platformkit.kit.grpc.Unary.answer;

import dev.platformkit.kit.auth.Caller;
import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.shop.order.v1.GetOrderRequest;
import dev.platformkit.shop.order.v1.ListOrdersRequest;
import dev.platformkit.shop.order.v1.ListOrdersResponse;
import dev.platformkit.shop.order.v1.Order;
import dev.platformkit.shop.order.v1.OrderServiceGrpc;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;

/** The order service as its contract has it: everybody sees their own. */
final class Orders extends OrderServiceGrpc.OrderServiceImplBase {
  private static final int MOST = 100;

  private final OrderBook book;

  Orders(OrderBook book) {
    this.book = book;
  }

  @Override
  public void getOrder(GetOrderRequest request, StreamObserver<Order> answer) {
    answer(
        answer,
        book.find(Caller.signedIn().id(), request.getOrderId())
            .orElseThrow(
                () ->
                    Refusal.because(
                            Code.NOT_FOUND,
                            "UNKNOWN_ORDER",
                            "there is no order %s of yours, or not yet"
                                .formatted(request.getOrderId()))
                        .asException()));
  }

  @Override
  public void listOrders(ListOrdersRequest request, StreamObserver<ListOrdersResponse> answer) {
    answer(
        answer,
        ListOrdersResponse.newBuilder()
            .addAllOrders(book.of(Caller.signedIn().id(), MOST))
            .build());
  }
}
