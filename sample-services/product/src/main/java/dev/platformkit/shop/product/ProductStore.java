package dev.platformkit.shop.product;

import dev.platformkit.kit.database.Database;
import dev.platformkit.shop.product.v1.Product;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The catalogue in Postgres. */
final class ProductStore implements Catalogue {
  private static final String COLUMNS =
      "SELECT id, name, price_cents, currency, stock FROM product";

  private final Database database;

  ProductStore(Database database) {
    this.database = database;
  }

  @Override
  public List<Product> after(String id, int limit) {
    return database.call(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(COLUMNS + " WHERE id > ? ORDER BY id LIMIT ?")) {
            select.setString(1, id);
            select.setInt(2, limit);
            return products(select);
          }
        });
  }

  @Override
  public Optional<Product> find(String id) {
    return findAll(List.of(id)).stream().findFirst();
  }

  @Override
  public List<Product> findAll(List<String> ids) {
    return database.call(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(COLUMNS + " WHERE id = ANY (?) ORDER BY id")) {
            select.setArray(1, connection.createArrayOf("text", ids.toArray()));
            return products(select);
          }
        });
  }

  private static List<Product> products(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      List<Product> products = new ArrayList<>();
      while (row.next()) {
        products.add(
            Product.newBuilder()
                .setId(row.getString("id"))
                .setName(row.getString("name"))
                .setPriceCents(row.getLong("price_cents"))
                .setCurrency(row.getString("currency"))
                .setStock(row.getInt("stock"))
                .build());
      }
      return products;
    }
  }
}
