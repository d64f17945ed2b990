package dev.platformkit.shop.user;

import dev.platformkit.kit.database.Database;
import dev.platformkit.shop.user.Accounts.Account;
import dev.platformkit.shop.user.RefreshTokens.Traded.Result;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/**
 * Refresh tokens in Postgres, by their hashes. Whatever is done to tokens of an account is done one
 * after the other, under the lock of its row: what ends sessions would miss the token that is
 * traded at the same moment, since that is not there yet when it looks.
 */
final class RefreshTokenStore implements RefreshTokens {
  private static final String INSERT =
      "INSERT INTO refresh_token (token_hash, family, account_id, expires) VALUES (?, ?, ?, ?)";

  private static final String FORGET =
      "DELETE FROM refresh_token WHERE account_id = ? AND expires <= ?";

  private static final String FIND =
      "SELECT family, used FROM refresh_token WHERE token_hash = ? AND expires > ?";

  private static final String USE = "UPDATE refresh_token SET used = true WHERE token_hash = ?";

  private static final String END =
      """
      DELETE FROM refresh_token
      WHERE family = (SELECT family FROM refresh_token WHERE token_hash = ?)
      """;

  private static final String LOCK_OWNER =
      """
      SELECT id FROM account
      WHERE id = (SELECT account_id FROM refresh_token WHERE token_hash = ?) FOR NO KEY UPDATE
      """;

  private static final String LOCK_UNCHANGED =
      "SELECT id FROM account WHERE id = ? AND password_hash = ? FOR NO KEY UPDATE";

  private final Database database;

  RefreshTokenStore(Database database) {
    this.database = database;
  }

  @Override
  public boolean begin(TokenHash token, Account account, Instant expires, Instant now) {
    UUID id = UUID.fromString(account.id());
    return database.transaction(
        connection -> {
          if (lock(connection, LOCK_UNCHANGED, id, account.passwordHash()).isEmpty()) {
            return false;
          }
          update(connection, FORGET, id, now.atOffset(ZoneOffset.UTC));
          insert(connection, token, UUID.randomUUID(), id, expires);
          return true;
        });
  }

  @Override
  public Traded trade(TokenHash token, TokenHash next, Instant expires, Instant now) {
    return database.transaction(
        connection -> {
          Optional<UUID> owner = lock(connection, LOCK_OWNER, token.hex());
          return owner.isPresent()
              ? trade(connection, owner.get(), token, next, expires, now)
              : Traded.not(Result.UNKNOWN);
        });
  }

  @Override
  public void end(TokenHash token) {
    database.transaction(
        connection ->
            lock(connection, LOCK_OWNER, token.hex()).isPresent()
                ? update(connection, END, token.hex())
                : 0);
  }

  private static Traded trade(
      Connection connection,
      UUID owner,
      TokenHash token,
      TokenHash next,
      Instant expires,
      Instant now)
      throws SQLException {
    try (PreparedStatement find = connection.prepareStatement(FIND)) {
      find.setString(1, token.hex());
      find.setObject(2, now.atOffset(ZoneOffset.UTC));
      try (ResultSet row = find.executeQuery()) {
        if (!row.next()) {
          return Traded.not(Result.UNKNOWN);
        }
        if (row.getBoolean("used")) {
          update(connection, END, token.hex());
          return Traded.not(Result.USED_TWICE);
        }
        update(connection, USE, token.hex());
        insert(connection, next, row.getObject("family", UUID.class), owner, expires);
        return Traded.to(owner.toString());
      }
    }
  }

  /** The account that is locked now; nothing where there is none, or none any more. */
  private static Optional<UUID> lock(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        lock.setObject(i + 1, values[i]);
      }
      try (ResultSet row = lock.executeQuery()) {
        return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
      }
    }
  }

  private static int insert(
      Connection connection, TokenHash token, UUID family, UUID account, Instant expires)
      throws SQLException {
    return update(
        connection, INSERT, token.hex(), family, account, expires.atOffset(ZoneOffset.UTC));
  }

  private static int update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }
}
