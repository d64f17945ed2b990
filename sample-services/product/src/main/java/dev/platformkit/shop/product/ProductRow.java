package dev.platformkit.shop.product;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.platformkit.shop.product.v1.Product;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A product as a row. */
final class ProductRow {
  static final String SELECT =
      "SELECT id, name, price_cents, currency, stock, description, category_id, details::text"
          + " FROM product ";

  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().preservingProtoFieldNames().omittingInsignificantWhitespace();
  private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

  private ProductRow() {}

  static List<Product> all(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      List<Product> products = new ArrayList<>();
      while (row.next()) {
        products.add(product(row));
      }
      return products;
    }
  }

  /** Sets the first seven parameters: all columns but the stock, the id last. */
  static void set(PreparedStatement statement, Product product) throws SQLException {
    statement.setString(1, product.getName());
    statement.setLong(2, product.getPriceCents());
    statement.setString(3, product.getCurrency());
    statement.setString(4, product.getDescription());
    statement.setString(5, product.getCategoryId());
    statement.setString(6, details(product));
    statement.setString(7, product.getId());
  }

  private static Product product(ResultSet row) throws SQLException {
    Product.Builder product = Product.newBuilder();
    try {
      PARSER.merge(row.getString(8), product);
    } catch (InvalidProtocolBufferException e) {
      throw new SQLException("the details of product " + row.getString(1) + " are no JSON", e);
    }
    return product
        .setId(row.getString(1))
        .setName(row.getString(2))
        .setPriceCents(row.getLong(3))
        .setCurrency(row.getString(4))
        .setStock(row.getInt(5))
        .setDescription(row.getString(6))
        .setCategoryId(row.getString(7))
        .build();
  }

  /** What stands in no column of its own. */
  static String details(Product product) {
    try {
      return PRINTER.print(
          Product.newBuilder()
              .addAllSizes(product.getSizesList())
              .addAllImages(product.getImagesList()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("a product cannot be written as JSON", e);
    }
  }
}
