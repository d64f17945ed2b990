package dev.platformkit.shop.order;

import com.google.protobuf.Timestamp;
import dev.platformkit.kit.database.Database;
import dev.platformkit.shop.order.v1.CheckedOut;
import dev.platformkit.shop.order.v1.Order;
import dev.platformkit.shop.order.v1.OrderLine;
import dev.platformkit.shop.order.v1.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Orders in Postgres. */
final class OrderStore implements OrderBook {
  private static final String OPEN =
      """
      INSERT INTO shop_order (id, user_id, checked_out_at) VALUES (?, ?, ?)
      ON CONFLICT (id) DO NOTHING
      """;

  private static final String LINE =
      "INSERT INTO order_line (order_id, position, product_id, quantity) VALUES (?, ?, ?, ?)";

  private static final String CLOSE =
      "UPDATE shop_order SET state = ?, reason = ?, total_cents = ? WHERE id = ? AND state IS NULL";

  private static final String SELECT =
      """
      SELECT o.id, o.state, o.reason, o.total_cents, o.checked_out_at, l.product_id, l.quantity
      FROM (SELECT * FROM shop_order WHERE user_id = ? AND state IS NOT NULL AND (? = '' OR id = ?)
            ORDER BY checked_out_at DESC, id LIMIT ?) o
      JOIN order_line l ON l.order_id = o.id
      ORDER BY o.checked_out_at DESC, o.id, l.position
      """;

  private final Database database;

  OrderStore(Database database) {
    this.database = database;
  }

  @Override
  public boolean open(CheckedOut checkedOut) {
    return database.transaction(
        connection -> {
          if (insert(connection, checkedOut)) {
            insertLines(connection, checkedOut);
            return true;
          }
          return stateless(connection, checkedOut.getOrderId());
        });
  }

  @Override
  public boolean close(String orderId, Outcome outcome) {
    return database.call(
        connection -> {
          try (PreparedStatement close = connection.prepareStatement(CLOSE)) {
            close.setString(1, outcome.confirmed() ? "CONFIRMED" : "REJECTED");
            close.setString(2, outcome.reason());
            close.setLong(3, outcome.totalCents());
            close.setString(4, orderId);
            return close.executeUpdate() == 1;
          }
        });
  }

  @Override
  public Optional<Order> find(String userId, String orderId) {
    return select(userId, orderId, 1).stream().findFirst();
  }

  @Override
  public List<Order> of(String userId, int limit) {
    return select(userId, "", limit);
  }

  private static boolean insert(Connection connection, CheckedOut checkedOut) throws SQLException {
    Timestamp at = checkedOut.getCheckedOutAt();
    try (PreparedStatement insert = connection.prepareStatement(OPEN)) {
      insert.setString(1, checkedOut.getOrderId());
      insert.setString(2, checkedOut.getUserId());
      insert.setObject(
          3, Instant.ofEpochSecond(at.getSeconds(), at.getNanos()).atOffset(ZoneOffset.UTC));
      return insert.executeUpdate() == 1;
    }
  }

  private static void insertLines(Connection connection, CheckedOut checkedOut)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(LINE)) {
      int position = 0;
      for (OrderLine line : checkedOut.getLinesList()) {
        insert.setString(1, checkedOut.getOrderId());
        insert.setInt(2, position++);
        insert.setString(3, line.getProductId());
        insert.setInt(4, line.getQuantity());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static boolean stateless(Connection connection, String orderId) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT state IS NULL FROM shop_order WHERE id = ?")) {
      select.setString(1, orderId);
      try (ResultSet row = select.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private List<Order> select(String userId, String orderId, int limit) {
    return database.call(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setString(1, userId);
            select.setString(2, orderId);
            select.setString(3, orderId);
            select.setInt(4, limit);
            try (ResultSet row = select.executeQuery()) {
              return orders(row);
            }
          }
        });
  }

  /** A row for each line; those of one order follow each other. */
  private static List<Order> orders(ResultSet row) throws SQLException {
    List<Order> orders = new ArrayList<>();
    Order.Builder order = Order.newBuilder();
    while (row.next()) {
      if (!row.getString("id").equals(order.getId())) {
        if (!order.getId().isEmpty()) {
          orders.add(order.build());
        }
        order = order(row);
      }
      order.addLines(
          OrderLine.newBuilder()
              .setProductId(row.getString("product_id"))
              .setQuantity(row.getInt("quantity")));
    }
    if (!order.getId().isEmpty()) {
      orders.add(order.build());
    }
    return orders;
  }

  private static Order.Builder order(ResultSet row) throws SQLException {
    Instant at = row.getObject("checked_out_at", OffsetDateTime.class).toInstant();
    return Order.newBuilder()
        .setId(row.getString("id"))
        .setState(
            "CONFIRMED".equals(row.getString("state"))
                ? State.STATE_CONFIRMED
                : State.STATE_REJECTED)
        .setReason(row.getString("reason"))
        .setTotalCents(row.getLong("total_cents"))
        .setCheckedOutAt(
            Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()));
  }
}
