package dev.platformkit.shop.user;

import dev.platformkit.kit.database.Database;
import dev.platformkit.shop.user.RefreshTokens.Traded.Result;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/** Refresh tokens in Postgres, by their hashes. */
final class RefreshTokenStore implements RefreshTokens {
  private static final String INSERT =
      "INSERT INTO refresh_token (token_hash, family, account_id, expires) VALUES (?, ?, ?, ?)";

  private static final String FORGET =
      "DELETE FROM refresh_token WHERE account_id = ? AND expires <= ?";

  /** Locked, so that of two who trade the same token at a time one comes second. */
  private static final String FIND =
      """
      SELECT family, account_id, used FROM refresh_token WHERE token_hash = ? AND expires > ?
      FOR UPDATE
      """;

  private static final String USE = "UPDATE refresh_token SET used = true WHERE token_hash = ?";

  private static final String END =
      """
      DELETE FROM refresh_token
      WHERE family = (SELECT family FROM refresh_token WHERE token_hash = ?)
      """;

  private final Database database;

  RefreshTokenStore(Database database) {
    this.database = database;
  }

  @Override
  public void begin(TokenHash token, String accountId, Instant expires, Instant now) {
    UUID account = UUID.fromString(accountId);
    database.transaction(
        connection -> {
          update(connection, FORGET, account, now.atOffset(ZoneOffset.UTC));
          return insert(connection, token, UUID.randomUUID(), account, expires);
        });
  }

  @Override
  public Traded trade(TokenHash token, TokenHash next, Instant expires, Instant now) {
    return database.transaction(
        connection -> {
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
              UUID account = row.getObject("account_id", UUID.class);
              update(connection, USE, token.hex());
              insert(connection, next, row.getObject("family", UUID.class), account, expires);
              return Traded.to(account.toString());
            }
          }
        });
  }

  @Override
  public void end(TokenHash token) {
    database.call(connection -> update(connection, END, token.hex()));
  }

  @Override
  public void endAll(String accountId) {
    database.call(
        connection ->
            update(
                connection,
                "DELETE FROM refresh_token WHERE account_id = ?",
                UUID.fromString(accountId)));
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
