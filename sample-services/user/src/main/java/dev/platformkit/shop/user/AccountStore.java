package dev.platformkit.shop.user;

import dev.platformkit.kit.database.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Accounts in Postgres. */
final class AccountStore implements Accounts {
  private static final String COLUMNS = "id, name, display_name, role, password_hash, created";

  private static final String REGISTER =
      "INSERT INTO account (id, name, password_hash) VALUES (?::uuid, ?, ?)"
          + " ON CONFLICT (lower(name)) DO NOTHING RETURNING "
          + COLUMNS;

  private static final String SET_PASSWORD = "UPDATE account SET password_hash = ? WHERE id = ?";

  private static final String END_SESSIONS = "DELETE FROM refresh_token WHERE account_id = ?";

  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final String BEFORE_ALL = new UUID(0, 0).toString();

  private final Database database;

  AccountStore(Database database) {
    this.database = database;
  }

  /** What cannot be an id need not be asked for; the database would not even take it. */
  static boolean possible(String id) {
    return ID.matcher(id).matches();
  }

  @Override
  public Optional<Account> register(String name, String passwordHash) {
    return one(REGISTER, UUID.randomUUID().toString(), name, passwordHash);
  }

  @Override
  public Optional<Account> named(String name) {
    return one("SELECT " + COLUMNS + " FROM account WHERE lower(name) = lower(?)", name);
  }

  @Override
  public Optional<Account> find(String id) {
    return possible(id)
        ? one("SELECT " + COLUMNS + " FROM account WHERE id = ?::uuid", id)
        : Optional.empty();
  }

  @Override
  public List<Account> after(String id, int limit) {
    return all(
        "SELECT " + COLUMNS + " FROM account WHERE id > ?::uuid ORDER BY id LIMIT ?::integer",
        id.isEmpty() ? BEFORE_ALL : id,
        Integer.toString(limit));
  }

  @Override
  public Optional<Account> rename(String id, String displayName) {
    return possible(id)
        ? one(
            "UPDATE account SET display_name = ? WHERE id = ?::uuid RETURNING " + COLUMNS,
            displayName,
            id)
        : Optional.empty();
  }

  @Override
  public Optional<Account> give(String id, boolean admin) {
    return possible(id)
        ? one(
            "UPDATE account SET role = ? WHERE id = ?::uuid RETURNING " + COLUMNS,
            admin ? "admin" : "customer",
            id)
        : Optional.empty();
  }

  @Override
  public void setPassword(String id, String passwordHash) {
    UUID account = UUID.fromString(id);
    database.transaction(
        connection -> {
          // The account first: whoever trades a token meanwhile holds it, or waits for it.
          try (PreparedStatement set = connection.prepareStatement(SET_PASSWORD);
              PreparedStatement end = connection.prepareStatement(END_SESSIONS)) {
            set.setString(1, passwordHash);
            set.setObject(2, account);
            set.executeUpdate();
            end.setObject(1, account);
            return end.executeUpdate();
          }
        });
  }

  private Optional<Account> one(String sql, String... values) {
    return all(sql, values).stream().findFirst();
  }

  private List<Account> all(String sql, String... values) {
    return database.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
              statement.setString(i + 1, values[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
              List<Account> accounts = new ArrayList<>();
              while (row.next()) {
                accounts.add(account(row));
              }
              return accounts;
            }
          }
        });
  }

  private static Account account(ResultSet row) throws SQLException {
    return new Account(
        row.getString("id"),
        row.getString("name"),
        row.getString("display_name"),
        "admin".equals(row.getString("role")),
        row.getString("password_hash"),
        row.getObject("created", OffsetDateTime.class).toInstant());
  }
}
