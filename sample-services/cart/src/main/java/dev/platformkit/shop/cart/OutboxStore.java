package dev.platformkit.shop.cart;

import dev.platformkit.kit.database.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/** The outbox in Postgres. */
final class OutboxStore implements Outbox {
  private final Database database;

  OutboxStore(Database database) {
    this.database = database;
  }

  @Override
  public List<Event> first(int limit) {
    return database.call(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT position, id, body, traceparent FROM outbox ORDER BY position LIMIT ?")) {
            select.setInt(1, limit);
            try (ResultSet row = select.executeQuery()) {
              List<Event> events = new ArrayList<>();
              while (row.next()) {
                events.add(
                    new Event(row.getLong(1), row.getString(2), row.getBytes(3), row.getString(4)));
              }
              return events;
            }
          }
        });
  }

  @Override
  public void done(Event event) {
    database.call(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement("DELETE FROM outbox WHERE position = ?")) {
            delete.setLong(1, event.position());
            return delete.executeUpdate();
          }
        });
  }

  @Override
  public Backlog backlog() {
    return database.call(
        connection -> {
          try (PreparedStatement select =
                  connection.prepareStatement(
                      "SELECT count(*), coalesce(extract(epoch FROM now() - min(written)), 0)"
                          + " FROM outbox");
              ResultSet row = select.executeQuery()) {
            row.next();
            return new Backlog(row.getLong(1), row.getDouble(2));
          }
        });
  }
}
