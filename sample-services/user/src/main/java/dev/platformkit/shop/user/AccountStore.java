package dev.platformkit.shop.user;

import dev.platformkit.kit.database.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** Accounts and sessions in Postgres. */
final class AccountStore implements Accounts {
  private static final String REGISTER =
      """
      INSERT INTO account (id, name, password_hash) VALUES (?, ?, ?)
      ON CONFLICT (lower(name)) DO NOTHING
      """;
  private static final String NAMED =
      "SELECT id, name, password_hash FROM account WHERE lower(name) = lower(?)";
  private static final String OPEN =
      "INSERT INTO session (token_hash, account_id, expires) VALUES (?, ?, ?)";
  private static final String FORGET = "DELETE FROM session WHERE account_id = ? AND expires <= ?";
  private static final String OF =
      """
      SELECT a.id, a.name, a.password_hash FROM session s JOIN account a ON a.id = s.account_id
      WHERE s.token_hash = ? AND s.expires > ?
      """;

  private final Database database;

  AccountStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Account> register(String name, String passwordHash) {
    Account account = new Account(UUID.randomUUID().toString(), name, passwordHash);
    return database.call(
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(REGISTER)) {
            insert.setObject(1, UUID.fromString(account.id()));
            insert.setString(2, name);
            insert.setString(3, passwordHash);
            return insert.executeUpdate() == 1 ? Optional.of(account) : Optional.empty();
          }
        });
  }

  @Override
  public Optional<Account> named(String name) {
    return database.call(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(NAMED)) {
            select.setString(1, name);
            return account(select);
          }
        });
  }

  @Override
  public void open(Session session, Instant now) {
    UUID account = UUID.fromString(session.accountId());
    database.transaction(
        connection -> {
          try (PreparedStatement forget = connection.prepareStatement(FORGET);
              PreparedStatement open = connection.prepareStatement(OPEN)) {
            forget.setObject(1, account);
            forget.setObject(2, at(now));
            forget.executeUpdate();
            open.setString(1, session.token().hex());
            open.setObject(2, account);
            open.setObject(3, at(session.expires()));
            return open.executeUpdate();
          }
        });
  }

  @Override
  public Optional<Account> of(TokenHash token, Instant now) {
    return database.call(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(OF)) {
            select.setString(1, token.hex());
            select.setObject(2, at(now));
            return account(select);
          }
        });
  }

  private static Optional<Account> account(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      return row.next()
          ? Optional.of(new Account(row.getString(1), row.getString(2), row.getString(3)))
          : Optional.empty();
    }
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
