package dev.platformkit.shop.cartapi;

import dev.platformkit.kit.Service;

/** Carts as a shopper sees them, put together from cart, product and user. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Service.run(
        "cart-api",
        service ->
            service.serve(
                new CartViews(
                    new Shop(
                        service.guardedChannel("cart"),
                        service.guardedChannel("product"),
                        service.guardedChannel("user")),
                    new Degradations(service.metrics()))));
  }
}
