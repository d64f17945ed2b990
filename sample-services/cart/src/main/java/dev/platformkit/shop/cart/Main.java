package dev.platformkit.shop.cart;

import dev.platformkit.kit.Service;
import dev.platformkit.kit.database.Database;

/** What users have put aside. Needs a database of its own, and somebody to carry its events. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Service.run(
        "cart",
        service -> {
          Database database = service.database();
          Publisher publisher =
              new Publisher(new OutboxStore(database), service.broker(), service.metrics());
          service.onStop(publisher::close);
          service.serve(new Carts(new CartStore(database), publisher::written, service.metrics()));
          publisher.start();
        });
  }
}
