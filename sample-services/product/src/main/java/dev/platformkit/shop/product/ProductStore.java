package dev.platformkit.shop.product;

import dev.platformkit.kit.database.Database;
import dev.platformkit.shop.product.v1.ImportProductsResponse;
import dev.platformkit.shop.product.v1.Product;
import dev.platformkit.shop.product.v1.TakeStockRequest.Amount;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The catalogue in Postgres. */
final class ProductStore implements Catalogue {
  private static final String SEARCH =
      """
      WHERE id > ? AND (? = '' OR category_id = ?)
        AND NOT EXISTS (SELECT 1 FROM unnest(?) AS word
                        WHERE position(lower(word) IN lower(name || ' ' || description)) = 0)
      ORDER BY id LIMIT ?
      """;

  private static final String CREATE =
      """
      INSERT INTO product (name, price_cents, currency, description, category_id, details, id, stock)
      VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, ?)
      ON CONFLICT (id) DO NOTHING
      """;

  private static final String REPLACE =
      """
      UPDATE product SET name = ?, price_cents = ?, currency = ?, description = ?, category_id = ?,
        details = ?::jsonb
      WHERE id = ?
      """;

  private final Database database;

  ProductStore(Database database) {
    this.database = database;
  }

  @Override
  public List<Product> after(String id, int limit, Search search) {
    return database.call(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(ProductRow.SELECT + SEARCH)) {
            select.setString(1, id);
            select.setString(2, search.categoryId());
            select.setString(3, search.categoryId());
            select.setArray(4, connection.createArrayOf("text", search.words().toArray()));
            select.setInt(5, limit);
            return ProductRow.all(select);
          }
        });
  }

  @Override
  public Optional<Product> find(String id) {
    return findAll(List.of(id)).stream().findFirst();
  }

  @Override
  public List<Product> findAll(List<String> ids) {
    return database.call(connection -> findAll(connection, ids));
  }

  @Override
  public boolean create(Product product) {
    return database.call(
        connection -> {
          try (PreparedStatement create = connection.prepareStatement(CREATE)) {
            ProductRow.set(create, product);
            create.setInt(8, product.getStock());
            return create.executeUpdate() == 1;
          }
        });
  }

  @Override
  public Optional<Product> replace(Product product) {
    return database.call(
        connection -> {
          try (PreparedStatement replace = connection.prepareStatement(REPLACE)) {
            ProductRow.set(replace, product);
            replace.executeUpdate();
            return findAll(connection, List.of(product.getId())).stream().findFirst();
          }
        });
  }

  @Override
  public boolean delete(String id) {
    return database.call(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement("DELETE FROM product WHERE id = ?")) {
            delete.setString(1, id);
            return delete.executeUpdate() == 1;
          }
        });
  }

  @Override
  public Taken take(String orderId, List<Amount> amounts) {
    return database.transaction(connection -> StockTaking.take(connection, orderId, amounts));
  }

  @Override
  public ImportProductsResponse takeIn(List<Product> products) {
    return database.transaction(connection -> TakingIn.takeIn(connection, products));
  }

  @Override
  public long size() {
    return database.call(
        connection -> {
          try (PreparedStatement count =
                  connection.prepareStatement("SELECT count(*) FROM product");
              ResultSet row = count.executeQuery()) {
            row.next();
            return row.getLong(1);
          }
        });
  }

  private static List<Product> findAll(Connection connection, List<String> ids)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(ProductRow.SELECT + " WHERE id = ANY (?) ORDER BY id")) {
      select.setArray(1, connection.createArrayOf("text", ids.toArray()));
      return ProductRow.all(select);
    }
  }
}
