package dev.platformkit.kit.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.prometheus.PrometheusMetricsTrackerFactory;
import dev.platformkit.kit.Environment.DatabaseSettings;
import dev.platformkit.kit.Stopping;
import dev.platformkit.kit.Unavailable;
import dev.platformkit.kit.telemetry.Telemetry;
import io.opentelemetry.instrumentation.jdbc.datasource.JdbcTelemetry;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service's own Postgres database: a small pool whose statements appear as spans, and the schema
 * that the service's migrations make. No call to it lasts longer than its caller would wait.
 */
public final class Database implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Database.class);
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final int CONNECTIONS = 8;
  private static final int CONNECT_SECONDS = 2;
  private static final int SOCKET_SECONDS = 3;
  private static final Duration BORROW = Duration.ofSeconds(1);

  private final HikariDataSource pool;
  private final DataSource traced;

  private Database(HikariDataSource pool, DataSource traced) {
    this.pool = pool;
    this.traced = traced;
  }

  /**
   * Waits until the database is there, and brings its schema up to date. Why it has to wait is
   * logged whenever the reason changes.
   *
   * @throws Unavailable when told to stop before that
   */
  public static Database open(DatabaseSettings settings, Telemetry telemetry, Stopping stopping) {
    String last = "";
    while (!stopping.told()) {
      try {
        migrate(settings);
        return connect(settings, telemetry);
      } catch (FlywayException | UncheckedIOException e) {
        String reason = reason(e);
        if (!reason.equals(last)) {
          log.warn("waiting for the database at {}: {}", settings.url(), reason);
          last = reason;
        }
        stopping.within(RETRY);
      }
    }
    throw new Unavailable("told to stop while waiting for the database", null);
  }

  /**
   * Goes through the motions of opening a database that is not there, for the sake of the classes
   * that it takes. What is returned answers nothing.
   */
  public static Database rehearse(DatabaseSettings settings, Telemetry telemetry) {
    try {
      migrate(settings);
    } catch (FlywayException | UncheckedIOException e) {
      log.info("as expected: {}", reason(e));
    }
    return connect(settings, telemetry);
  }

  /** Runs this on a connection that commits each statement by itself. */
  public <T> T call(Work<T> work) {
    try (Connection connection = traced.getConnection()) {
      return work.on(connection);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Runs this as one transaction, which is rolled back when it throws. */
  public <T> T transaction(Work<T> work) {
    return call(
        connection -> {
          connection.setAutoCommit(false);
          try {
            T result = work.on(connection);
            connection.commit();
            return result;
          } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
          }
        });
  }

  @Override
  public void close() {
    pool.close();
  }

  /** Something done with a connection. */
  public interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private static void migrate(DatabaseSettings settings) {
    PGSimpleDataSource direct = new PGSimpleDataSource();
    direct.setUrl(settings.url());
    direct.setUser(settings.user());
    direct.setPassword(settings.password());
    direct.setConnectTimeout(CONNECT_SECONDS);
    Flyway.configure().dataSource(direct).locations("classpath:db/migration").load().migrate();
  }

  private static Database connect(DatabaseSettings settings, Telemetry telemetry) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(telemetry.service());
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setInitializationFailTimeout(-1);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(BORROW.toMillis());
    config.setValidationTimeout(BORROW.dividedBy(2).toMillis());
    config.addDataSourceProperty("connectTimeout", CONNECT_SECONDS);
    config.addDataSourceProperty("socketTimeout", SOCKET_SECONDS);
    config.addDataSourceProperty("tcpKeepAlive", true);
    config.addDataSourceProperty("ApplicationName", telemetry.service());
    config.setMetricsTrackerFactory(new PrometheusMetricsTrackerFactory(telemetry.metrics()));
    HikariDataSource pool = new HikariDataSource(config);
    DataSource traced =
        JdbcTelemetry.builder(telemetry.openTelemetry())
            .setDataSourceInstrumenterEnabled(false)
            .build()
            .wrap(pool);
    return new Database(pool, traced);
  }

  private static RuntimeException failed(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    // 08 connection, 53 resources, 57 an operator's or a timeout's doing, 40 to be tried again
    boolean passing =
        e instanceof SQLTransientException
            || e instanceof SQLRecoverableException
            || state.startsWith("08")
            || state.startsWith("53")
            || state.startsWith("57")
            || state.startsWith("40");
    return passing
        ? new Unavailable("the database does not answer", e)
        : new IllegalStateException("the database refused a statement", e);
  }

  private static String reason(Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    // An unknown host's message is the host's name, and an end of file has none.
    return cause instanceof SQLException ? cause.getMessage().strip() : cause.toString();
  }
}
