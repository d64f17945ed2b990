package dev.platformkit.shop.cartapi;

import dev.platformkit.kit.Service;
import dev.platformkit.shop.cart.v1.CartServiceGrpc;
import dev.platformkit.shop.product.v1.ProductServiceGrpc;

/** Carts as a shopper sees them, put together from cart and product. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Service.run(
        "cart-api",
        service ->
            service.serve(
                new CartViews(
                    CartServiceGrpc.newBlockingStub(service.channel("cart")),
                    ProductServiceGrpc.newBlockingStub(service.channel("product")))));
  }
}
