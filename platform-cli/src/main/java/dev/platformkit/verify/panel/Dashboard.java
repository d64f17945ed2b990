package dev.platformkit.verify.panel;

import static java.util.Objects.requireNonNull;

import dev.platformkit.source.Position;
import java.util.List;
import java.util.Optional;

/**
 * A dashboard of Grafana as far as its panels' queries go.
 *
 * @param uid its file's name
 * @param path its file, relative to the project
 * @param from where its time begins, {@code now-15m}
 */
record Dashboard(
    String uid, String path, String from, List<Variable> variables, List<Panel> panels) {

  /**
   * A panel that asks somebody something.
   *
   * @param leftOut why its queries cannot be asked, for example that they are for Elasticsearch
   * @param repeats the variable for each value of which Grafana draws it again
   */
  record Panel(
      String title,
      Position position,
      List<Query> queries,
      Optional<String> leftOut,
      Optional<String> repeats) {
    Panel {
      requireNonNull(title, "title is null");
      requireNonNull(position, "position is null");
      queries = List.copyOf(queries);
      requireNonNull(leftOut, "leftOut is null");
      requireNonNull(repeats, "repeats is null");
    }
  }

  /**
   * A query for Prometheus, its variables not yet filled in.
   *
   * @param range whether it is drawn over a range of time
   * @param interval the least step that it is asked with, where it says so
   * @param points how many points it is drawn with at most
   */
  record Query(
      String expression, Position position, boolean range, Optional<String> interval, int points) {
    Query {
      requireNonNull(expression, "expression is null");
      requireNonNull(position, "position is null");
      requireNonNull(interval, "interval is null");
    }
  }

  /**
   * A variable.
   *
   * @param type query, custom, constant, textbox, interval, datasource or another
   * @param query what its values are found by, or what they are
   * @param regex which of them, and which part of them
   * @param all what stands for all of them, where not they themselves do
   * @param current what is chosen when the dashboard is opened
   */
  record Variable(
      String name,
      Position position,
      String type,
      String query,
      String regex,
      boolean many,
      Optional<String> all,
      List<String> current) {
    Variable {
      requireNonNull(name, "name is null");
      requireNonNull(position, "position is null");
      requireNonNull(type, "type is null");
      requireNonNull(query, "query is null");
      requireNonNull(regex, "regex is null");
      requireNonNull(all, "all is null");
      current = List.copyOf(current);
    }
  }

  Dashboard {
    requireNonNull(uid, "uid is null");
    requireNonNull(path, "path is null");
    requireNonNull(from, "from is null");
    variables = List.copyOf(variables);
    panels = List.copyOf(panels);
  }
}
