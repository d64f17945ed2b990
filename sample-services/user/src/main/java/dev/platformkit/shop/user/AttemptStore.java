package dev.platformkit.shop.user;

import dev.platformkit.kit.database.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Attempts to log in, in Postgres, for all instances together. */
final class AttemptStore implements LockOut {
  private static final String ATTEMPT =
      """
      INSERT INTO log_in_attempt AS a (name, failures, last) VALUES (lower(?), 1, ?)
      ON CONFLICT (name) DO UPDATE SET
        failures = CASE WHEN a.last < ? OR a.locked_until <= excluded.last THEN 1
                        ELSE a.failures + 1 END,
        locked_until = CASE WHEN a.locked_until > excluded.last THEN a.locked_until
                            WHEN a.last >= ? AND a.locked_until IS NULL AND a.failures >= ? THEN ?
                       END,
        last = CASE WHEN a.locked_until > excluded.last THEN a.last ELSE excluded.last END
      RETURNING locked_until
      """;

  private static final String FAILED =
      """
      UPDATE log_in_attempt SET locked_until = ? WHERE name = lower(?) AND failures >= ?
      RETURNING locked_until
      """;

  private static final String SUCCEEDED = "DELETE FROM log_in_attempt WHERE name = lower(?)";

  private static final String FORGET = "DELETE FROM log_in_attempt WHERE last < ?";

  private final Database database;
  private final Rule rule;

  AttemptStore(Database database, Rule rule) {
    this.database = database;
    this.rule = rule;
  }

  @Override
  public Optional<Instant> attempt(String name, Instant now) {
    return database.call(
        connection -> {
          try (PreparedStatement attempt = connection.prepareStatement(ATTEMPT)) {
            attempt.setString(1, name);
            attempt.setObject(2, at(now));
            attempt.setObject(3, at(now.minus(rule.within())));
            attempt.setObject(4, at(now.minus(rule.within())));
            attempt.setInt(5, rule.failures());
            attempt.setObject(6, at(now.plus(rule.lock())));
            return until(attempt);
          }
        });
  }

  @Override
  public Optional<Instant> failed(String name, Instant now) {
    return database.call(
        connection -> {
          try (PreparedStatement forget = connection.prepareStatement(FORGET);
              PreparedStatement failed = connection.prepareStatement(FAILED)) {
            forget.setObject(1, at(now.minus(rule.within()).minus(rule.lock())));
            forget.executeUpdate();
            failed.setObject(1, at(now.plus(rule.lock())));
            failed.setString(2, name);
            failed.setInt(3, rule.failures());
            return until(failed);
          }
        });
  }

  @Override
  public void succeeded(String name) {
    database.call(
        connection -> {
          try (PreparedStatement succeeded = connection.prepareStatement(SUCCEEDED)) {
            succeeded.setString(1, name);
            return succeeded.executeUpdate();
          }
        });
  }

  private static Optional<Instant> until(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next()
          ? Optional.ofNullable(row.getObject(1, OffsetDateTime.class))
              .map(OffsetDateTime::toInstant)
          : Optional.empty();
    }
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
