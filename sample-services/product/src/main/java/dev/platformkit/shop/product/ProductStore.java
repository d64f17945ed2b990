package dev.platformkit.shop.product;

import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.kit.database.Database;
import dev.platformkit.shop.product.v1.ImportProductsResponse;
import dev.platformkit.shop.product.v1.Product;
import dev.platformkit.shop.product.v1.TakeStockRequest.Amount;
import io.grpc.Status.Code;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
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
      ON CONFLICT (id) DO
      """;

  private static final String REPLACE =
      """
      UPDATE product SET name = ?, price_cents = ?, currency = ?, description = ?, category_id = ?,
        details = ?::jsonb
      WHERE id = ?
      """;

  /** Whether a row is new shows in a column that Postgres fills when it replaces one. */
  private static final String TAKE_IN =
      CREATE
          + """
          UPDATE SET name = excluded.name, price_cents = excluded.price_cents,
            currency = excluded.currency, description = excluded.description,
            category_id = excluded.category_id, details = excluded.details, stock = excluded.stock
          RETURNING xmax = 0
          """;

  private static final String TAKE =
      """
      UPDATE product SET stock = stock - ? WHERE id = ? AND stock >= ? RETURNING price_cents
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
          try (PreparedStatement create = connection.prepareStatement(CREATE + " NOTHING")) {
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
    return database.transaction(
        connection -> {
          if (!begin(connection, orderId)) {
            return new Taken(total(connection, orderId), true);
          }
          long total = 0;
          // Always in the same order, so that two orders cannot wait for each other.
          for (Amount amount :
              amounts.stream().sorted(Comparator.comparing(Amount::getProductId)).toList()) {
            total += take(connection, amount) * amount.getQuantity();
          }
          try (PreparedStatement end =
              connection.prepareStatement(
                  "UPDATE stock_taken SET total_cents = ? WHERE order_id = ?")) {
            end.setLong(1, total);
            end.setString(2, orderId);
            end.executeUpdate();
          }
          return new Taken(total, false);
        });
  }

  @Override
  public ImportProductsResponse takeIn(List<Product> products) {
    return database.transaction(
        connection -> {
          int created = 0;
          try (PreparedStatement takeIn = connection.prepareStatement(TAKE_IN)) {
            for (Product product : products) {
              ProductRow.set(takeIn, product);
              takeIn.setInt(8, product.getStock());
              try (ResultSet row = takeIn.executeQuery()) {
                created += row.next() && row.getBoolean(1) ? 1 : 0;
              }
            }
          }
          return ImportProductsResponse.newBuilder()
              .setCreated(created)
              .setReplaced(products.size() - created)
              .build();
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

  /** Whether this order's stock was not taken before; who asks at the same time waits here. */
  private static boolean begin(Connection connection, String orderId) throws SQLException {
    try (PreparedStatement begin =
        connection.prepareStatement(
            "INSERT INTO stock_taken (order_id, total_cents) VALUES (?, 0)"
                + " ON CONFLICT (order_id) DO NOTHING")) {
      begin.setString(1, orderId);
      return begin.executeUpdate() == 1;
    }
  }

  private static long total(Connection connection, String orderId) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT total_cents FROM stock_taken WHERE order_id = ?")) {
      select.setString(1, orderId);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** What one of them costs. */
  private static long take(Connection connection, Amount amount) throws SQLException {
    try (PreparedStatement take = connection.prepareStatement(TAKE)) {
      take.setInt(1, amount.getQuantity());
      take.setString(2, amount.getProductId());
      take.setInt(3, amount.getQuantity());
      try (ResultSet row = take.executeQuery()) {
        if (!row.next()) {
          throw Refusal.because(
                  Code.FAILED_PRECONDITION,
                  "OUT_OF_STOCK",
                  "there are no %d of %s".formatted(amount.getQuantity(), amount.getProductId()))
              .asException();
        }
        return row.getLong(1);
      }
    }
  }
}
