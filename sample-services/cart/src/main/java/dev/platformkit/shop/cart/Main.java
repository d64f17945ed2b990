package dev.platformkit.shop.cart;

import dev.platformkit.kit.Service;

/** What each user has put aside. Needs a database of its own. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Service.run("cart", service -> service.serve(new Carts(new CartStore(service.database()))));
  }
}
