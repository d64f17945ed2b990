package dev.platformkit.shop.product;

import dev.platformkit.shop.product.v1.ImportProductsResponse;
import dev.platformkit.shop.product.v1.Product;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Takes a catalogue in, in a transaction of its caller's, many rows with each statement: each
 * statement is a span, and a trace with thousands of them would crowd out those of other requests.
 */
final class TakingIn {
  static final int ROWS = 500;

  /**
   * Whether a row is new shows in a column that Postgres fills when it replaces one. Rows are
   * locked in the order in which orders lock them, so that the two cannot wait for each other.
   */
  private static final String TAKE_IN =
      """
      INSERT INTO product (id, name, price_cents, currency, stock, description, category_id, details)
      SELECT id, name, price_cents, currency, stock, description, category_id, details::jsonb
      FROM unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::int[], ?::text[], ?::text[],
                  ?::text[])
        AS new (id, name, price_cents, currency, stock, description, category_id, details)
      ORDER BY id COLLATE "C"
      ON CONFLICT (id) DO UPDATE SET
        name = excluded.name, price_cents = excluded.price_cents, currency = excluded.currency,
        stock = excluded.stock, description = excluded.description,
        category_id = excluded.category_id, details = excluded.details
      RETURNING xmax = 0
      """;

  private TakingIn() {}

  /** Where a product comes twice, the last one counts; the first one is replaced by it. */
  static ImportProductsResponse takeIn(Connection connection, List<Product> products)
      throws SQLException {
    Map<String, Product> byId = new TreeMap<>();
    products.forEach(product -> byId.put(product.getId(), product));
    List<Product> rows = new ArrayList<>(byId.values());
    int created = 0;
    try (PreparedStatement takeIn = connection.prepareStatement(TAKE_IN)) {
      for (int i = 0; i < rows.size(); i += ROWS) {
        created += takeIn(takeIn, rows.subList(i, Math.min(i + ROWS, rows.size())));
      }
    }
    return ImportProductsResponse.newBuilder()
        .setCreated(created)
        .setReplaced(products.size() - created)
        .build();
  }

  private static int takeIn(PreparedStatement takeIn, List<Product> rows) throws SQLException {
    set(takeIn, 1, "text", rows, Product::getId);
    set(takeIn, 2, "text", rows, Product::getName);
    set(takeIn, 3, "bigint", rows, Product::getPriceCents);
    set(takeIn, 4, "text", rows, Product::getCurrency);
    set(takeIn, 5, "int", rows, Product::getStock);
    set(takeIn, 6, "text", rows, Product::getDescription);
    set(takeIn, 7, "text", rows, Product::getCategoryId);
    set(takeIn, 8, "text", rows, ProductRow::details);
    int created = 0;
    try (ResultSet row = takeIn.executeQuery()) {
      while (row.next()) {
        created += row.getBoolean(1) ? 1 : 0;
      }
    }
    return created;
  }

  private static void set(
      PreparedStatement takeIn,
      int parameter,
      String type,
      List<Product> rows,
      Function<Product, ?> column)
      throws SQLException {
    takeIn.setArray(
        parameter, takeIn.getConnection().createArrayOf(type, rows.stream().map(column).toArray()));
  }
}
