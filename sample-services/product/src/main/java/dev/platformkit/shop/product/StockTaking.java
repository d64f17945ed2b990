package dev.platformkit.shop.product;

import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.shop.product.Catalogue.Taken;
import dev.platformkit.shop.product.v1.TakeStockRequest.Amount;
import io.grpc.Status.Code;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * Takes an order's stock, in a transaction of its caller's. Whoever asks for the same order at the
 * same time, at this instance or another one, waits at the order's row until this one has ended.
 */
final class StockTaking {
  /** Why an order is refused, as the contract has it. */
  static final String OUT_OF_STOCK = "OUT_OF_STOCK";

  private static final String BEGIN =
      """
      INSERT INTO stock_taken (order_id, total_cents) VALUES (?, 0) ON CONFLICT (order_id) DO NOTHING
      """;

  private static final String TAKE =
      """
      UPDATE product SET stock = stock - ? WHERE id = ? AND stock >= ? RETURNING price_cents
      """;

  private StockTaking() {}

  /**
   * What the order comes to.
   *
   * @throws io.grpc.StatusRuntimeException naming all that is short; nothing must be committed then
   */
  static Taken take(Connection connection, String orderId, List<Amount> amounts)
      throws SQLException {
    if (!begin(connection, orderId)) {
      return new Taken(total(connection, orderId), true);
    }
    long total = 0;
    List<String> shortages = new ArrayList<>();
    // Always in the same order, so that two orders cannot wait for each other.
    for (Amount amount :
        amounts.stream().sorted(Comparator.comparing(Amount::getProductId)).toList()) {
      OptionalLong price = take(connection, amount);
      if (price.isPresent()) {
        total += price.getAsLong() * amount.getQuantity();
      } else {
        shortages.add(amount.getQuantity() + " of " + amount.getProductId());
      }
    }
    if (!shortages.isEmpty()) {
      throw Refusal.because(
              Code.FAILED_PRECONDITION,
              OUT_OF_STOCK,
              "there are no " + String.join(", no ", shortages))
          .asException();
    }
    end(connection, orderId, total);
    return new Taken(total, false);
  }

  private static boolean begin(Connection connection, String orderId) throws SQLException {
    try (PreparedStatement begin = connection.prepareStatement(BEGIN)) {
      begin.setString(1, orderId);
      return begin.executeUpdate() == 1;
    }
  }

  /** What one of them costs; nothing where there are not so many. */
  private static OptionalLong take(Connection connection, Amount amount) throws SQLException {
    try (PreparedStatement take = connection.prepareStatement(TAKE)) {
      take.setInt(1, amount.getQuantity());
      take.setString(2, amount.getProductId());
      take.setInt(3, amount.getQuantity());
      try (ResultSet row = take.executeQuery()) {
        return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  private static void end(Connection connection, String orderId, long total) throws SQLException {
    try (PreparedStatement end =
        connection.prepareStatement("UPDATE stock_taken SET total_cents = ? WHERE order_id = ?")) {
      end.setLong(1, total);
      end.setString(2, orderId);
      end.executeUpdate();
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
}
