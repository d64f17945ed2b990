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

/** What stands in the databases of the services, read past them. */
final class Rows implements AutoCloseable {
  private static final String TABLES =
      "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1";

  private final Map<String, Connection> databases = new LinkedHashMap<>();

  Rows(int port, String password, List<String> names) {
    try {
      for (String name : names) {
        databases.put(
            name,
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, name), "postgres", password));
      }
    } catch (SQLException e) {
      throw new AssertionError("the databases cannot be read", e);
    }
  }

  /** Every row of every table of every service. */
  synchronized Snapshot all() {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    databases
        .keySet()
        .forEach(
            database ->
                texts(database, TABLES)
                    .forEach(
                        table ->
                            rows.put(
                                database + "." + table,
                                texts(
                                    database,
                                    "SELECT t::text FROM %s t ORDER BY 1".formatted(table)))));
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

  /** All rows at one time, by {@code database.table}. */
  record Snapshot(Map<String, List<String>> rows) {
    Snapshot {
      rows = Map.copyOf(rows);
    }

    /** What is there now and was not ({@code +}), and what is not there any more ({@code -}). */
    List<String> changesTo(Snapshot later, String... excepted) {
      List<String> changes = new ArrayList<>();
      for (Map.Entry<String, List<String>> table : later.rows.entrySet()) {
        if (!List.of(excepted).contains(table.getKey())) {
          List<String> before = rows.getOrDefault(table.getKey(), List.of());
          List<String> added = new ArrayList<>(table.getValue());
          before.forEach(added::remove);
          List<String> gone = new ArrayList<>(before);
          table.getValue().forEach(gone::remove);
          added.forEach(row -> changes.add("+ " + table.getKey() + " " + row));
          gone.forEach(row -> changes.add("- " + table.getKey() + " " + row));
        }
      }
      return changes;
    }
  }
}
