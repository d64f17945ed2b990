package dev.platformkit.shop.category;

import dev.platformkit.kit.database.Database;
import dev.platformkit.shop.category.v1.Category;
import dev.platformkit.shop.category.v1.Tree.Node;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tree in Postgres, each category with its parent. Changes take one lock, the same for all of
 * them, for as long as their transaction: whether a move makes a loop, or a branch too long, hangs
 * on categories that a change of another caller may be moving.
 */
final class CategoryStore implements Shelves {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String COLUMNS = "SELECT id, name, coalesce(parent_id, '') FROM category";

  private static final String ONE_CHANGE_AT_A_TIME =
      "SELECT pg_advisory_xact_lock(hashtext('category'))";

  private static final String TREE =
      """
      WITH RECURSIVE tree AS (
        SELECT id, name, parent_id, 0 AS depth, ARRAY[lower(name), id] AS path
        FROM category WHERE CASE WHEN ? = '' THEN parent_id IS NULL ELSE id = ? END
        UNION ALL
        SELECT c.id, c.name, c.parent_id, depth + 1, path || lower(c.name) || c.id
        FROM category c JOIN tree ON c.parent_id = tree.id
      )
      SELECT id, name, coalesce(parent_id, ''), depth FROM tree ORDER BY path
      """;

  /** From a category up to the top: how many there are, and whether a certain one is among them. */
  private static final String ABOVE =
      """
      WITH RECURSIVE above AS (
        SELECT id, parent_id FROM category WHERE id = ?
        UNION ALL
        SELECT c.id, c.parent_id FROM category c JOIN above ON c.id = above.parent_id
      )
      SELECT count(*), coalesce(bool_or(id = ?), false) FROM above
      """;

  private final Database database;

  CategoryStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Category> find(String id) {
    return database.call(connection -> find(connection, id));
  }

  @Override
  public List<Category> children(String parentId, String after, int limit) {
    return database.call(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  COLUMNS
                      + " WHERE coalesce(parent_id, '') = ? AND lower(name) > lower(?)"
                      + " ORDER BY lower(name) LIMIT ?")) {
            select.setString(1, parentId);
            select.setString(2, after);
            select.setInt(3, limit);
            return categories(select);
          }
        });
  }

  @Override
  public List<Node> tree(String id) {
    return database.call(connection -> tree(connection, id));
  }

  @Override
  public Outcome create(Category category) {
    return change(
        connection -> {
          Outcome possible = possible(connection, category, 1);
          return possible == Outcome.DONE
              ? write(
                  connection,
                  "INSERT INTO category (name, parent_id, id) VALUES (?, nullif(?, ''), ?)",
                  category)
              : possible;
        });
  }

  @Override
  public Outcome replace(Category category) {
    return change(
        connection -> {
          List<Node> moved = tree(connection, category.getId());
          if (moved.isEmpty()) {
            return Outcome.UNKNOWN;
          }
          int levels = 1 + moved.stream().mapToInt(Node::getDepth).max().orElse(0);
          Outcome possible = possible(connection, category, levels);
          return possible == Outcome.DONE
              ? write(
                  connection,
                  "UPDATE category SET name = ?, parent_id = nullif(?, '') WHERE id = ?",
                  category)
              : possible;
        });
  }

  @Override
  public Outcome delete(String id) {
    return change(
        connection -> {
          List<Node> below = tree(connection, id);
          if (below.size() != 1) {
            return below.isEmpty() ? Outcome.UNKNOWN : Outcome.NOT_EMPTY;
          }
          try (PreparedStatement delete =
              connection.prepareStatement("DELETE FROM category WHERE id = ?")) {
            delete.setString(1, id);
            delete.executeUpdate();
            return Outcome.DONE;
          }
        });
  }

  private Outcome change(Database.Work<Outcome> work) {
    return database.transaction(
        connection -> {
          try (PreparedStatement lock = connection.prepareStatement(ONE_CHANGE_AT_A_TIME)) {
            lock.execute();
          }
          return work.on(connection);
        });
  }

  /** Whether a branch of so many levels can hang where this category says. */
  private static Outcome possible(Connection connection, Category category, int levels)
      throws SQLException {
    if (category.getParentId().isEmpty()) {
      return levels > DEEPEST ? Outcome.TOO_DEEP : Outcome.DONE;
    }
    try (PreparedStatement above = connection.prepareStatement(ABOVE)) {
      above.setString(1, category.getParentId());
      above.setString(2, category.getId());
      try (ResultSet row = above.executeQuery()) {
        row.next();
        int depth = row.getInt(1);
        if (depth == 0) {
          return Outcome.UNKNOWN_PARENT;
        }
        if (row.getBoolean(2)) {
          return Outcome.LOOP;
        }
        return depth + levels > DEEPEST ? Outcome.TOO_DEEP : Outcome.DONE;
      }
    }
  }

  private static Outcome write(Connection connection, String sql, Category category)
      throws SQLException {
    try (PreparedStatement write = connection.prepareStatement(sql)) {
      write.setString(1, category.getName());
      write.setString(2, category.getParentId());
      write.setString(3, category.getId());
      write.executeUpdate();
      return Outcome.DONE;
    } catch (SQLException e) {
      if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
        return Outcome.NAME_TAKEN;
      }
      throw e;
    }
  }

  private static Optional<Category> find(Connection connection, String id) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(COLUMNS + " WHERE id = ?")) {
      select.setString(1, id);
      return categories(select).stream().findFirst();
    }
  }

  private static List<Node> tree(Connection connection, String id) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(TREE)) {
      select.setString(1, id);
      select.setString(2, id);
      try (ResultSet row = select.executeQuery()) {
        List<Node> nodes = new ArrayList<>();
        while (row.next()) {
          nodes.add(Node.newBuilder().setCategory(category(row)).setDepth(row.getInt(4)).build());
        }
        return nodes;
      }
    }
  }

  private static List<Category> categories(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      List<Category> categories = new ArrayList<>();
      while (row.next()) {
        categories.add(category(row));
      }
      return categories;
    }
  }

  private static Category category(ResultSet row) throws SQLException {
    return Category.newBuilder()
        .setId(row.getString(1))
        .setName(row.getString(2))
        .setParentId(row.getString(3))
        .build();
  }
}
