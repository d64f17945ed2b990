package dev.platformkit.verify.panel;

import static java.util.Objects.requireNonNull;

import dev.platformkit.compose.Shape;
import dev.platformkit.source.JsonReader;
import dev.platformkit.source.Node;
import dev.platformkit.source.Position;
import dev.platformkit.verify.panel.Dashboard.Panel;
import dev.platformkit.verify.panel.Dashboard.Query;
import dev.platformkit.verify.panel.Dashboard.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a dashboard's file as Grafana does: panels within rows, several targets each, of which
 * hidden ones are not asked unless an expression works on them.
 */
final class DashboardReader {
  private static final String EXPRESSION = "__expr__";
  private static final int POINTS = 1000;

  private final DataSources sources;
  private final Map<String, String> sourceVariables = new HashMap<>();
  private final List<Panel> panels = new ArrayList<>();

  private DashboardReader(DataSources sources) {
    this.sources = requireNonNull(sources, "sources is null");
  }

  /**
   * Reads one.
   *
   * @param path shown for it
   * @throws dev.platformkit.source.Unreadable where it is not valid JSON, or asks who is not there
   */
  static Dashboard read(String json, String uid, String path, DataSources sources) {
    Node root = JsonReader.parse(json, path);
    DashboardReader reader = new DashboardReader(sources);
    List<Variable> variables =
        Shape.itemsAt(root, "templating", "list").stream().map(DashboardReader::variable).toList();
    for (Variable variable : variables) {
      if (variable.type().equals("datasource")) {
        reader.sourceVariables.put(variable.name(), variable.query());
      }
    }
    reader.panels(root, Optional.empty());
    Shape.itemsAt(root, "rows").forEach(row -> reader.panels(row, text(row, "repeat")));
    return new Dashboard(
        uid, path, text(root, "time", "from").orElse("now-1h"), variables, reader.panels);
  }

  /** What a row repeats for, the panels below it are repeated for. */
  private void panels(Node around, Optional<String> repeatedAround) {
    Optional<String> row = repeatedAround;
    for (Node panel : Shape.itemsAt(around, "panels")) {
      if (text(panel, "type").filter("row"::equals).isPresent()) {
        row = text(panel, "repeat");
        panels(panel, row);
      } else {
        Optional<String> below = row;
        panel(panel, text(panel, "repeat").or(() -> below));
      }
    }
  }

  private void panel(Node panel, Optional<String> repeats) {
    List<Node> targets = Shape.itemsAt(panel, "targets");
    String title = text(panel, "title").or(() -> text(panel, "type")).orElse("(no title)");
    Position position = Shape.at(panel, "title").orElse(panel).position();
    if (targets.isEmpty()) {
      Optional<String> library =
          Shape.at(panel, "libraryPanel").map(l -> "a library panel, which only Grafana holds");
      if (library.isPresent()) {
        panels.add(new Panel(title, position, List.of(), library, repeats));
      }
      return;
    }
    Optional<String> around =
        Shape.at(panel, "datasource")
            .map(named -> sources.type(Optional.of(named), Optional.empty(), sourceVariables));
    Map<Node, String> types = new HashMap<>();
    targets.forEach(
        t -> types.put(t, sources.type(Shape.at(t, "datasource"), around, sourceVariables)));
    boolean computes = types.containsValue(EXPRESSION);
    List<Query> queries = new ArrayList<>();
    Optional<String> other = Optional.empty();
    for (Node target : targets) {
      boolean hidden = text(target, "hide").filter("true"::equals).isPresent();
      String type = types.get(target);
      if ((hidden && !computes) || type.equals(EXPRESSION)) {
        continue;
      }
      if (type.equals(DataSources.PROMETHEUS)) {
        queries.add(query(panel, target));
      } else {
        other = Optional.of("asks " + type);
      }
    }
    if (!queries.isEmpty() || other.isPresent()) {
      panels.add(new Panel(title, position, queries, other, repeats));
    }
  }

  private static Query query(Node panel, Node target) {
    Optional<Node> expression = Shape.at(target, "expr");
    boolean instant = text(target, "instant").filter("true"::equals).isPresent();
    return new Query(
        text(target, "expr").orElse(""),
        expression.orElse(target).position(),
        !instant,
        text(target, "interval")
            .filter(i -> !i.isBlank())
            .or(() -> text(panel, "interval"))
            .filter(i -> !i.isBlank()),
        text(panel, "maxDataPoints").map(DashboardReader::count).orElse(POINTS));
  }

  private static int count(String number) {
    return number.matches("[1-9]\\d{0,6}") ? Integer.parseInt(number) : POINTS;
  }

  private static Variable variable(Node node) {
    boolean all = text(node, "includeAll").filter("true"::equals).isPresent();
    boolean multi = text(node, "multi").filter("true"::equals).isPresent();
    return new Variable(
        text(node, "name").orElse(""),
        node.position(),
        text(node, "type").orElse(""),
        text(node, "query", "query")
            .or(() -> text(node, "query"))
            .or(() -> text(node, "definition"))
            .orElse(""),
        text(node, "regex").orElse(""),
        all || multi,
        text(node, "allValue").filter(value -> !value.isEmpty()),
        Shape.at(node, "current", "value").map(DashboardReader::texts).orElse(List.of()));
  }

  private static List<String> texts(Node value) {
    return value instanceof Node.Sequence list
        ? list.items().stream().flatMap(i -> Shape.scalar(i).stream()).map(i -> i.text()).toList()
        : Shape.scalar(value).map(scalar -> List.of(scalar.text())).orElse(List.of());
  }

  private static Optional<String> text(Node node, String... keys) {
    return Shape.scalarAt(node, keys).map(Node.Scalar::text);
  }
}
