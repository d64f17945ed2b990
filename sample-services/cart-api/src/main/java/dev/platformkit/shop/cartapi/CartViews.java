package dev.platformkit.shop.cartapi;

import static dev.platformkit.kit.grpc.Unary.answer;

import com.google.common.util.concurrent.ListenableFuture;
import dev.platformkit.shop.cart.v1.GetCartResponse;
import dev.platformkit.shop.cart.v1.Item;
import dev.platformkit.shop.cartapi.v1.AddItemRequest;
import dev.platformkit.shop.cartapi.v1.Cart;
import dev.platformkit.shop.cartapi.v1.CartApiServiceGrpc;
import dev.platformkit.shop.cartapi.v1.ChangeItemRequest;
import dev.platformkit.shop.cartapi.v1.CheckOutRequest;
import dev.platformkit.shop.cartapi.v1.CheckOutResponse;
import dev.platformkit.shop.cartapi.v1.ClearCartRequest;
import dev.platformkit.shop.cartapi.v1.ClearCartResponse;
import dev.platformkit.shop.cartapi.v1.GetCartRequest;
import dev.platformkit.shop.cartapi.v1.Line;
import dev.platformkit.shop.cartapi.v1.RemoveItemRequest;
import dev.platformkit.shop.cartapi.v1.RemoveItemResponse;
import dev.platformkit.shop.product.v1.Product;
import dev.platformkit.shop.user.v1.GetProfileRequest;
import dev.platformkit.shop.user.v1.User;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.List;

/**
 * The cart-api service as its contract has it. What cart answers instead of a result the caller
 * gets to see as it is; without product or user there is an answer all the same.
 */
final class CartViews extends CartApiServiceGrpc.CartApiServiceImplBase {
  private final Shop shop;
  private final Degradations degradations;
  private final Showcase products;

  CartViews(Shop shop, Degradations degradations) {
    this.shop = shop;
    this.degradations = degradations;
    products = new Showcase(shop, degradations, new KnownProducts(System::nanoTime));
  }

  @Override
  public void addItem(AddItemRequest request, StreamObserver<Line> answer) {
    String id = request.getProductId();
    Line product = products.existing(id, products.ask(id));
    Item item =
        Shop.await(
            shop.carts()
                .addItem(
                    dev.platformkit.shop.cart.v1.AddItemRequest.newBuilder()
                        .setProductId(id)
                        .setQuantity(request.getQuantity())
                        .build()));
    answer(answer, product.toBuilder().setQuantity(item.getQuantity()).build());
  }

  @Override
  public void changeItem(ChangeItemRequest request, StreamObserver<Line> answer) {
    String id = request.getProductId();
    ListenableFuture<Product> product = products.ask(id);
    int quantity =
        needed(
                shop.carts()
                    .changeItem(
                        dev.platformkit.shop.cart.v1.ChangeItemRequest.newBuilder()
                            .setProductId(id)
                            .setQuantity(request.getQuantity())
                            .build()),
                product)
            .getQuantity();
    // It is changed, whatever is known of the product.
    answer(answer, products.inCart(id, product).toBuilder().setQuantity(quantity).build());
  }

  @Override
  public void removeItem(RemoveItemRequest request, StreamObserver<RemoveItemResponse> answer) {
    Shop.await(
        shop.carts()
            .removeItem(
                dev.platformkit.shop.cart.v1.RemoveItemRequest.newBuilder()
                    .setProductId(request.getProductId())
                    .build()));
    answer(answer, RemoveItemResponse.getDefaultInstance());
  }

  @Override
  public void clearCart(ClearCartRequest request, StreamObserver<ClearCartResponse> answer) {
    Shop.await(
        shop.carts().clearCart(dev.platformkit.shop.cart.v1.ClearCartRequest.getDefaultInstance()));
    answer(answer, ClearCartResponse.getDefaultInstance());
  }

  @Override
  public void getCart(GetCartRequest request, StreamObserver<Cart> answer) {
    ListenableFuture<GetCartResponse> items =
        shop.carts().getCart(dev.platformkit.shop.cart.v1.GetCartRequest.getDefaultInstance());
    ListenableFuture<User> profile =
        shop.users().getProfile(GetProfileRequest.getDefaultInstance());
    Cart.Builder cart = Cart.newBuilder();
    fill(cart, needed(items, profile).getItemsList());
    try {
      User user = Shop.await(profile);
      cart.setDisplayName(user.getDisplayName().isEmpty() ? user.getName() : user.getDisplayName());
    } catch (StatusRuntimeException e) {
      cart.addDegraded(degradations.without("user", e));
    }
    answer(answer, cart.build());
  }

  @Override
  public void checkOut(CheckOutRequest request, StreamObserver<CheckOutResponse> answer) {
    String order =
        Shop.await(
                shop.carts()
                    .checkOut(dev.platformkit.shop.cart.v1.CheckOutRequest.getDefaultInstance()))
            .getOrderId();
    answer(answer, CheckOutResponse.newBuilder().setOrderId(order).build());
  }

  private void fill(Cart.Builder cart, List<Item> items) {
    if (items.isEmpty()) {
      return;
    }
    Showcase.Shown shown = products.inCart(items.stream().map(Item::getProductId).toList());
    shown.degraded().ifPresent(cart::addDegraded);
    long total = 0;
    for (Item item : items) {
      Line line = shown.lines().get(item.getProductId());
      cart.addItems(line.toBuilder().setQuantity(item.getQuantity()));
      total += line.getProduct().getPriceCents() * item.getQuantity();
    }
    cart.setTotalCents(total);
  }

  /** An answer without which there is none; without it nobody waits for the other. */
  private static <T> T needed(ListenableFuture<T> answer, ListenableFuture<?> other) {
    try {
      return Shop.await(answer);
    } catch (RuntimeException e) {
      other.cancel(true);
      throw e;
    }
  }
}
