package dev.platformkit.shop.cart;

import com.google.protobuf.util.Timestamps;
import dev.platformkit.kit.database.Database;
import dev.platformkit.shop.cart.v1.Item;
import dev.platformkit.shop.order.v1.CheckedOut;
import dev.platformkit.shop.order.v1.OrderLine;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carts in Postgres. */
final class CartStore implements Lines {
  /** One statement, so that two requests at a time cannot both pass a limit on one line. */
  private static final String ADD =
      """
      INSERT INTO cart_line (user_id, product_id, quantity)
      SELECT ?, ?, ?
      WHERE (SELECT count(*) FROM cart_line WHERE user_id = ? AND product_id <> ?) < ?
      ON CONFLICT (user_id, product_id) DO UPDATE
        SET quantity = cart_line.quantity + excluded.quantity
        WHERE cart_line.quantity + excluded.quantity <= ?
      RETURNING quantity
      """;

  private static final String VIEW =
      "SELECT product_id, quantity FROM cart_line WHERE user_id = ? ORDER BY added";

  private static final String CHANGE =
      """
      UPDATE cart_line SET quantity = ? WHERE user_id = ? AND product_id = ?
      RETURNING product_id, quantity
      """;

  private static final String REMOVE = "DELETE FROM cart_line WHERE user_id = ? AND product_id = ?";

  /**
   * What is taken out is what is ordered: a line that is added meanwhile stays for the next time.
   * Lines are locked in one order, whatever order they are found in: who checks out twice at a time
   * would otherwise wait for themselves.
   */
  private static final String TAKE =
      """
      WITH locked AS MATERIALIZED (
        SELECT product_id FROM cart_line WHERE user_id = ? ORDER BY product_id FOR UPDATE),
      taken AS (
        DELETE FROM cart_line line USING locked
        WHERE line.user_id = ? AND line.product_id = locked.product_id
        RETURNING line.product_id, line.quantity, line.added)
      SELECT product_id, quantity FROM taken ORDER BY added
      """;

  private static final String WRITE = "INSERT INTO outbox (id, body, traceparent) VALUES (?, ?, ?)";

  private final Database database;

  CartStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Item> add(String userId, Item item) {
    return database.call(
        connection -> {
          try (PreparedStatement add = connection.prepareStatement(ADD)) {
            add.setString(1, userId);
            add.setString(2, item.getProductId());
            add.setInt(3, item.getQuantity());
            add.setString(4, userId);
            add.setString(5, item.getProductId());
            add.setInt(6, LARGEST_CART);
            add.setInt(7, LARGEST_QUANTITY);
            try (ResultSet row = add.executeQuery()) {
              return row.next()
                  ? Optional.of(item.toBuilder().setQuantity(row.getInt(1)).build())
                  : Optional.empty();
            }
          }
        });
  }

  @Override
  public Optional<Item> change(String userId, Item item) {
    return database.call(
        connection -> {
          try (PreparedStatement change = connection.prepareStatement(CHANGE)) {
            change.setInt(1, item.getQuantity());
            change.setString(2, userId);
            change.setString(3, item.getProductId());
            return items(change).stream().findFirst();
          }
        });
  }

  @Override
  public boolean remove(String userId, String productId) {
    return database.call(
        connection -> {
          try (PreparedStatement remove = connection.prepareStatement(REMOVE)) {
            remove.setString(1, userId);
            remove.setString(2, productId);
            return remove.executeUpdate() == 1;
          }
        });
  }

  @Override
  public void clear(String userId) {
    database.call(
        connection -> {
          try (PreparedStatement take = connection.prepareStatement(TAKE)) {
            return taken(take, userId);
          }
        });
  }

  @Override
  public List<Item> of(String userId) {
    return database.call(
        connection -> {
          try (PreparedStatement view = connection.prepareStatement(VIEW)) {
            view.setString(1, userId);
            return items(view);
          }
        });
  }

  @Override
  public Optional<CheckedOut> checkOut(String userId, String orderId, String traceparent) {
    return database.transaction(
        connection -> {
          try (PreparedStatement take = connection.prepareStatement(TAKE);
              PreparedStatement write = connection.prepareStatement(WRITE)) {
            List<Item> items = taken(take, userId);
            if (items.isEmpty()) {
              return Optional.empty();
            }
            CheckedOut event = event(userId, orderId, items);
            write.setString(1, orderId);
            write.setBytes(2, event.toByteArray());
            write.setString(3, traceparent);
            write.executeUpdate();
            return Optional.of(event);
          }
        });
  }

  private static List<Item> taken(PreparedStatement take, String userId) throws SQLException {
    take.setString(1, userId);
    take.setString(2, userId);
    return items(take);
  }

  private static CheckedOut event(String userId, String orderId, List<Item> items) {
    CheckedOut.Builder event =
        CheckedOut.newBuilder()
            .setOrderId(orderId)
            .setUserId(userId)
            .setCheckedOutAt(Timestamps.now());
    items.forEach(
        item ->
            event.addLines(
                OrderLine.newBuilder()
                    .setProductId(item.getProductId())
                    .setQuantity(item.getQuantity())));
    return event.build();
  }

  private static List<Item> items(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      List<Item> items = new ArrayList<>();
      while (row.next()) {
        items.add(
            Item.newBuilder().setProductId(row.getString(1)).setQuantity(row.getInt(2)).build());
      }
      return items;
    }
  }
}
