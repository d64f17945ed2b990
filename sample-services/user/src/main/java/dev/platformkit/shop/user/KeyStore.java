package dev.platformkit.shop.user;

import com.nimbusds.jose.jwk.ECKey;
import dev.platformkit.kit.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Keys in Postgres, with their private parts as they are (RFC 7517): the database is this service's
 * own, and whoever can read it can also read what an encrypted key would be opened with.
 */
final class KeyStore implements KeyRing {
  /** Of two instances that start at once, one makes the first key. */
  private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtext('signing_key'))";

  private static final String INSERT =
      "INSERT INTO signing_key (id, jwk, created) VALUES (?, ?, ?)";

  private static final String FORGET =
      """
      DELETE FROM signing_key k WHERE EXISTS
        (SELECT 1 FROM signing_key later WHERE later.created > k.created AND later.created < ?)
      """;

  private final Database database;
  private final Clock clock;
  private final Supplier<ECKey> maker;

  KeyStore(Database database, Clock clock, Supplier<ECKey> maker) {
    this.database = database;
    this.clock = clock;
    this.maker = maker;
  }

  @Override
  public List<Dated> all() {
    List<Dated> there = database.call(KeyStore::select);
    return there.isEmpty() ? database.transaction(this::first) : there;
  }

  @Override
  public void add(Dated key, Instant forgotten) {
    database.transaction(
        connection -> {
          insert(connection, key);
          try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
            forget.setObject(1, forgotten.atOffset(ZoneOffset.UTC));
            return forget.executeUpdate();
          }
        });
  }

  private List<Dated> first(Connection connection) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
      lock.execute();
    }
    if (select(connection).isEmpty()) {
      insert(connection, new Dated(maker.get(), clock.instant()));
    }
    return select(connection);
  }

  private static void insert(Connection connection, Dated key) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, key.key().getKeyID());
      insert.setString(2, key.key().toJSONString());
      insert.setObject(3, key.since().atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  private static List<Dated> select(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT jwk, created FROM signing_key ORDER BY created DESC, id");
        ResultSet row = select.executeQuery()) {
      List<Dated> keys = new ArrayList<>();
      while (row.next()) {
        keys.add(
            new Dated(
                ECKey.parse(row.getString(1)), row.getObject(2, OffsetDateTime.class).toInstant()));
      }
      return keys;
    } catch (ParseException e) {
      throw new IllegalStateException("a signing key in the database cannot be read", e);
    }
  }
}
