package dev.platformkit.it.shop;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What stands in the databases of the services, read past them. */
final class Rows implements AutoCloseable {
  /** One question for all rows of a database, whatever tables it has. */
  private static final String EVERYTHING =
      """
      SELECT string_agg(
          format('SELECT %L || chr(9) || t::text FROM %I t', table_name, table_name), ' UNION ALL ')
      FROM information_schema.tables WHERE table_schema = 'public'
      """;

  private final Map<String, Connection> databases = new LinkedHashMap<>();
  private final Map<String, String> everything = new LinkedHashMap<>();

  Rows(int port, String password, List<String> names) {
    try {
      for (String name : names) {
        databases.put(
            name,
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, name), "postgres", password));
        everything.put(name, texts(name, EVERYTHING).get(0));
      }
    } catch (SQLException e) {
      throw new AssertionError("the databases cannot be read", e);
    }
  }

  /** Every row of every table of every service. */
  synchronized Snapshot all() {
    List<String> rows = new ArrayList<>();
    everything.forEach(
        (database, question) ->
            texts(database, question).forEach(row -> rows.add(database + "." + row)));
    return new Snapshot(rows);
  }

  /** The first column of what a query of a service's database finds, as text. */
  synchronized List<String> texts(String database, String sql, Object... values) {
    try (var query = databases.get(database).prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        query.setObject(i + 1, values[i]);
      }
      try (ResultSet row = query.executeQuery()) {
        List<String> texts = new ArrayList<>();
        while (row.next()) {
          texts.add(row.getString(1));
        }
        return texts;
      }
    } catch (SQLException e) {
      throw new AssertionError(sql + " of " + database, e);
    }
  }

  /** Changes rows past the service. */
  synchronized void change(String database, String sql) {
    try (Statement change = databases.get(database).createStatement()) {
      change.executeUpdate(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql + " of " + database, e);
    }
  }

  @Override
  public void close() {
    try {
      for (Connection database : databases.values()) {
        database.close();
      }
    } catch (SQLException e) {
      throw new AssertionError("a database cannot be left", e);
    }
  }

  /** All rows at one time, each with its {@code database.table} before it. */
  record Snapshot(List<String> rows) {
    Snapshot {
      rows = List.copyOf(rows);
    }

    /** What is there now and was not ({@code +}), and what is not there any more ({@code -}). */
    List<String> changesTo(Snapshot later, String... excepted) {
      List<String> changes = new ArrayList<>();
      Map<String, Integer> times = new TreeMap<>();
      later.rows.forEach(row -> times.merge("+ " + row, 1, Integer::sum));
      rows.forEach(row -> times.merge("+ " + row, -1, Integer::sum));
      times.forEach(
          (row, more) -> {
            if (more != 0 && Stream.of(excepted).noneMatch(e -> row.startsWith("+ " + e + "\t"))) {
              changes.add(more > 0 ? row : row.replaceFirst("\\+", "-"));
            }
          });
      return changes;
    }
  }
}
