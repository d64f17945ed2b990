package dev.platformkit.shop.cartapi;

import dev.platformkit.kit.Service;
import dev.platformkit.kit.limit.Rate;

/**
 * Carts as a shopper sees them, put together from cart, product and user. {@code RATE_LIMIT} and
 * {@code RATE_QUEUE} say how much each shopper gets ({@link Rate}).
 */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Service.run(
        "cart-api",
        service -> {
          service.limit(Rate.of(System.getenv()));
          service.serve(
              new CartViews(
                  new Shop(
                      service.guardedChannel("cart"),
                      service.guardedChannel("product"),
                      service.guardedChannel("user"),
                      Shop.Times.USUAL),
                  new Degradations(service.metrics())));
        });
  }
}
