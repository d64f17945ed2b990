package dev.platformkit.shop.product;

import dev.platformkit.kit.Service;

/** What is for sale. Needs a database of its own, which its instances share. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Service.run(
        "product",
        service -> {
          Catalogue catalogue = new ProductStore(service.database());
          CatalogueSize size = new CatalogueSize("product", catalogue, service.metrics());
          size.start();
          service.onStop(size::close);
          service.serve(new Products(catalogue, new ProductMetrics("product", service.metrics())));
        });
  }
}
