package dev.platformkit.shop.gateway;

import dev.platformkit.shop.cartapi.v1.GetCartResponse;
import dev.platformkit.shop.product.v1.ListProductsResponse;
import dev.platformkit.shop.user.v1.RegisterResponse;
import java.util.List;

/** The JSON objects of the gateway, field by field; what is missing in a request is empty. */
final class Shapes {
  private Shapes() {}

  /** {@code {"name": "…", "password": "…"}}. */
  record Credentials(String name, String password) {
    Credentials {
      name = name == null ? "" : name;
      password = password == null ? "" : password;
    }

    @Override
    public String toString() {
      return "Credentials of " + name;
    }
  }

  record User(String id, String name) {
    static User of(RegisterResponse user) {
      return new User(user.getUserId(), user.getName());
    }
  }

  record Session(String token) {}

  record Product(String id, String name, long priceCents, String currency, int stock) {
    static Product of(dev.platformkit.shop.product.v1.Product product) {
      return new Product(
          product.getId(),
          product.getName(),
          product.getPriceCents(),
          product.getCurrency(),
          product.getStock());
    }
  }

  record Products(List<Product> products, String nextPageToken) {
    static Products of(ListProductsResponse page) {
      return new Products(
          page.getProductsList().stream().map(Product::of).toList(), page.getNextPageToken());
    }
  }

  /** {@code {"product_id": "…", "quantity": 2}}. */
  record NewItem(String productId, int quantity) {
    NewItem {
      productId = productId == null ? "" : productId;
    }
  }

  record Line(Product product, int quantity) {
    static Line of(dev.platformkit.shop.cartapi.v1.Line line) {
      return new Line(Product.of(line.getProduct()), line.getQuantity());
    }
  }

  record Cart(List<Line> items, long totalCents) {
    static Cart of(GetCartResponse cart) {
      return new Cart(cart.getLinesList().stream().map(Line::of).toList(), cart.getTotalCents());
    }
  }
}
