package dev.platformkit.shop.user;

import dev.platformkit.kit.database.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Attempts to log in, in Postgres, for all instances together. */
final class AttemptStore implements LockOut {
  /**
   * The attempt that is the last one allowed locks at once those that follow: however many are made
   * at a time, one of them is the last, and each of the others knows that it is not.
   */
  private static final String ATTEMPT =
      """
      WITH now AS (SELECT ?::timestamptz AS at, ?::timestamptz AS since, ?::timestamptz AS lock,
                          ?::integer AS allowed)
      INSERT INTO log_in_attempt AS a (name, failures, last, locked_until)
      SELECT lower(?), 1, at, CASE WHEN allowed = 1 THEN lock END FROM now
      ON CONFLICT (name) DO UPDATE SET (failures, last, locked_until) = (
        SELECT CASE WHEN old THEN 1 ELSE least(a.failures, allowed) + 1 END,
               CASE WHEN old OR a.locked_until IS NULL THEN at ELSE a.last END,
               CASE WHEN NOT old AND a.locked_until IS NOT NULL THEN a.locked_until
                    WHEN allowed = 1 OR NOT old AND a.failures + 1 >= allowed THEN lock END
        FROM (SELECT *, CASE WHEN a.locked_until IS NULL THEN a.last < since
                             ELSE a.locked_until <= at END AS old FROM now) AS judged)
      RETURNING failures, locked_until
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
  public Attempt attempt(String name, Instant now) {
    return database.call(
        connection -> {
          try (PreparedStatement attempt = connection.prepareStatement(ATTEMPT)) {
            attempt.setObject(1, at(now));
            attempt.setObject(2, at(now.minus(rule.within())));
            attempt.setObject(3, at(now.plus(rule.lock())));
            attempt.setInt(4, rule.failures());
            attempt.setString(5, name);
            try (ResultSet row = attempt.executeQuery()) {
              row.next();
              return row.getInt(1) > rule.failures()
                  ? Attempt.refused(row.getObject(2, OffsetDateTime.class).toInstant())
                  : new Attempt(row.getInt(1) == rule.failures(), Optional.empty());
            }
          }
        });
  }

  @Override
  public void forget(Instant now) {
    database.call(
        connection -> {
          try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
            forget.setObject(1, at(now.minus(rule.within()).minus(rule.lock())));
            return forget.executeUpdate();
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

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
