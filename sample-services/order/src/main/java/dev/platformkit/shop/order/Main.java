package dev.platformkit.shop.order;

import dev.platformkit.kit.Service;
import dev.platformkit.kit.contract.Contracts;
import dev.platformkit.shop.product.v1.ProductServiceGrpc;

/** What becomes of carts that were checked out. Needs a database of its own, and messages. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Service.run(
        "order",
        service -> {
          OrderBook book = new OrderStore(service.database());
          service.serve(new Orders(book));
          Checkouts checkouts =
              new Checkouts(
                  book,
                  ProductServiceGrpc.newBlockingStub(service.channel("product")),
                  new OrderMetrics("order", service.metrics()));
          service.broker().subscribe(Contracts.CHECKED_OUT, "order", checkouts::handle);
        });
  }
}
