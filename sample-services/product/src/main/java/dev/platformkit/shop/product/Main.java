package dev.platformkit.shop.product;

import dev.platformkit.kit.Service;

/** What is for sale. Needs a database of its own, which its instances share. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Service.run(
        "product",
        service ->
            service.serve(
                new Products(
                    new ProductStore(service.database()),
                    new ProductMetrics("product", service.metrics()))));
  }
}
