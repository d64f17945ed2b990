package dev.platformkit.shop.cart;

import dev.platformkit.shop.cart.v1.AddItemRequest;
import dev.platformkit.shop.cart.v1.AddItemResponse;
import dev.platformkit.shop.cart.v1.CartServiceGrpc;
import dev.platformkit.shop.cart.v1.GetCartRequest;
import dev.platformkit.shop.cart.v1.GetCartResponse;
import dev.platformkit.shop.cart.v1.Item;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;

/** The cart service as its contract has it. */
final class Carts extends CartServiceGrpc.CartServiceImplBase {
  private final Lines lines;

  Carts(Lines lines) {
    this.lines = lines;
  }

  @Override
  public void addItem(AddItemRequest request, StreamObserver<AddItemResponse> answer) {
    required("user_id", request.getUserId());
    required("product_id", request.getProductId());
    int quantity = request.getQuantity();
    if (quantity < 1 || quantity > Lines.LARGEST_QUANTITY) {
      throw invalid("quantity must be 1 to " + Lines.LARGEST_QUANTITY + ", not " + quantity);
    }
    Item wanted =
        Item.newBuilder().setProductId(request.getProductId()).setQuantity(quantity).build();
    Item line =
        lines
            .add(request.getUserId(), wanted)
            .orElseThrow(
                () ->
                    Status.FAILED_PRECONDITION
                        .withDescription(
                            "a cart holds at most %d products and %d of each"
                                .formatted(Lines.LARGEST_CART, Lines.LARGEST_QUANTITY))
                        .asRuntimeException());
    answer.onNext(AddItemResponse.newBuilder().setItem(line).build());
    answer.onCompleted();
  }

  @Override
  public void getCart(GetCartRequest request, StreamObserver<GetCartResponse> answer) {
    required("user_id", request.getUserId());
    answer.onNext(GetCartResponse.newBuilder().addAllItems(lines.of(request.getUserId())).build());
    answer.onCompleted();
  }

  private static void required(String field, String value) {
    if (value.isBlank()) {
      throw invalid(field + " is missing");
    }
  }

  private static StatusRuntimeException invalid(String what) {
    return Status.INVALID_ARGUMENT.withDescription(what).asRuntimeException();
  }
}
