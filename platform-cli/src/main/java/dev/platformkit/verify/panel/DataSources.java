package dev.platformkit.verify.panel;

import static java.util.Objects.requireNonNull;

import dev.platformkit.compose.Shape;
import dev.platformkit.problem.Problem;
import dev.platformkit.source.Node;
import dev.platformkit.source.Unreadable;
import dev.platformkit.source.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The data sources that a project provisions Grafana with. */
final class DataSources {
  static final String PROMETHEUS = "prometheus";

  /** Grafana's own: it names them so, and they have no type. */
  private static final String BUILT_IN = "-- ";

  private final Map<String, String> types;
  private final String byDefault;
  private final String interval;

  /**
   * Data sources.
   *
   * @param types by uid and by name
   * @param byDefault the type of the one that is asked where none is named
   * @param interval how often Prometheus scrapes, as Grafana is told
   */
  DataSources(Map<String, String> types, String byDefault, String interval) {
    this.types = Map.copyOf(types);
    this.byDefault = requireNonNull(byDefault, "byDefault is null");
    this.interval = requireNonNull(interval, "interval is null");
  }

  /** Those in every {@code provisioning/datasources} of the project's stacks. */
  static DataSources of(Path root) {
    Map<String, String> types = new HashMap<>();
    String byDefault = PROMETHEUS;
    String interval = "15s"; // Grafana's own guess
    for (Path file : files(root.resolve("stacks"))) {
      Node content = YamlReader.read(file, root.relativize(file).toString());
      for (Node source : Shape.itemsAt(content, "datasources")) {
        String type = text(source, "type").orElse("");
        text(source, "uid").ifPresent(uid -> types.put(uid, type));
        text(source, "name").ifPresent(name -> types.put(name, type));
        if (text(source, "isDefault").filter("true"::equals).isPresent()) {
          byDefault = type;
        }
        if (type.equals(PROMETHEUS)) {
          interval = text(source, "jsonData", "timeInterval").orElse(interval);
        }
      }
    }
    return new DataSources(types, byDefault, interval);
  }

  /** How often Prometheus scrapes, as Grafana is told. */
  String interval() {
    return interval;
  }

  /**
   * The type of what a panel or a target names: an object with type and uid, a name, or nothing.
   *
   * @param around the type of the panel around it
   * @param variables values of the dashboard's variables of data sources, by name
   * @throws Unreadable where it names a Prometheus, and Grafana is given others only
   */
  String type(Optional<Node> named, Optional<String> around, Map<String, String> variables) {
    Optional<String> uid =
        named.flatMap(node -> text(node, "uid").or(() -> Shape.scalar(node).map(s -> s.text())));
    Optional<String> known = uid.map(types::get);
    if (known.isPresent()) {
      return known.get();
    }
    if (uid.filter(name -> name.startsWith(BUILT_IN)).isPresent()) {
      return uid.get();
    }
    if (uid.filter(name -> !name.startsWith("$")).isPresent()
        && named.flatMap(node -> text(node, "type")).filter(PROMETHEUS::equals).isPresent()
        && types.containsValue(PROMETHEUS)) {
      String reason = "no data source has the uid \"%s\"".formatted(uid.get());
      throw new Unreadable(named.orElseThrow().position(), reason);
    }
    return named
        .flatMap(node -> text(node, "type"))
        .or(() -> uid.map(DataSources::variable).map(variables::get))
        .or(() -> uid)
        .or(() -> around)
        .orElse(byDefault);
  }

  private static String variable(String uid) {
    return uid.replaceAll("^\\$\\{?(\\w+).*", "$1");
  }

  private static Optional<String> text(Node node, String... keys) {
    return Shape.scalarAt(node, keys).map(Node.Scalar::text);
  }

  private static List<Path> files(Path stacks) {
    if (!Files.isDirectory(stacks)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(stacks)) {
      return all.filter(file -> file.getParent().endsWith("provisioning/datasources"))
          .filter(file -> file.toString().matches(".*\\.ya?ml"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw Problem.usage("cannot read " + stacks + ": " + e).causedBy(e);
    }
  }
}
