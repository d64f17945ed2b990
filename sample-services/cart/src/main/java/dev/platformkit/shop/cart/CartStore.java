package dev.platformkit.shop.cart;

import dev.platformkit.kit.database.Database;
import dev.platformkit.shop.cart.v1.Item;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
  public List<Item> of(String userId) {
    return database.call(
        connection -> {
          try (PreparedStatement view = connection.prepareStatement(VIEW)) {
            view.setString(1, userId);
            try (ResultSet row = view.executeQuery()) {
              List<Item> items = new ArrayList<>();
              while (row.next()) {
                items.add(
                    Item.newBuilder()
                        .setProductId(row.getString(1))
                        .setQuantity(row.getInt(2))
                        .build());
              }
              return items;
            }
          }
        });
  }
}
