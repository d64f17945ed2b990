package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.platformkit.backend.HttpCall;
import dev.platformkit.source.Node;
import dev.platformkit.source.YamlReader;
import dev.platformkit.verify.Addresses;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** What servers say themselves that they have loaded, those that say it. */
final class ServersWord {
  private final Path root;
  private final Addresses addresses;

  /** How a server is asked for what it loaded from its main configuration file. */
  private final Map<String, Function<String, Node>> servers;

  ServersWord(Path root, Addresses addresses) {
    this.root = requireNonNull(root, "root is null");
    this.addresses = requireNonNull(addresses, "addresses is null");
    this.servers =
        Map.of(
            "prometheus",
                name -> yaml(name, json(name, 9090, "/api/v1/status/config"), "/data/yaml"),
            "alertmanager",
                name -> yaml(name, json(name, 9093, "/api/v2/status"), "/config/original"),
            "blackbox-exporter",
                name ->
                    YamlReader.parse(
                        addresses.server(name, 9115).sendGood(HttpCall.get("/config")).body(),
                        name));
  }

  /** Whether a service says what it has loaded from a file of the project. */
  boolean isAbout(String service, Node.Mapping definition, String file) {
    boolean isMainFile =
        servers.containsKey(service)
            && configFile(definition).filter(Path.of(file).getFileName()::equals).isPresent();
    return isMainFile || isIndexTemplate(service, file);
  }

  /** Where a file and what the server has loaded from it differ; empty where they do not. */
  Optional<String> divergence(String service, String file) {
    Node written = YamlReader.read(root.resolve(file), file);
    if (isIndexTemplate(service, file)) {
      return indexTemplate(written);
    }
    return Divergence.of(written, servers.get(service).apply(service));
  }

  /** The name of the file that a server was told by its command line. */
  private static Optional<Path> configFile(Node.Mapping definition) {
    return definition.get("command").stream()
        .filter(Node.Sequence.class::isInstance)
        .flatMap(command -> command.asSequence().texts().stream())
        .filter(argument -> argument.startsWith("--config.file="))
        .map(argument -> Path.of(argument.substring(argument.indexOf('=') + 1)).getFileName())
        .findFirst();
  }

  private JsonNode json(String service, int port, String path) {
    return addresses.server(service, port).json(HttpCall.get(path));
  }

  private static Node yaml(String service, JsonNode answer, String pointer) {
    return YamlReader.parse(answer.at(pointer).asText(), service);
  }

  private static boolean isIndexTemplate(String service, String file) {
    return service.equals("filebeat") && file.endsWith("/template.json");
  }

  /** Filebeat loads it when it connects; Elasticsearch shows settings in a form of its own. */
  private Optional<String> indexTemplate(Node written) {
    JsonNode answer = json("elasticsearch", 9200, "/_index_template/filebeat");
    JsonNode template = answer.at("/index_templates/0/index_template");
    Node loaded = YamlReader.parse(template.toString(), "elasticsearch");
    Map<String, String> settings = settings(written);
    Map<String, String> loadedSettings = settings(loaded);
    Set<String> names = new TreeSet<>(settings.keySet());
    names.addAll(loadedSettings.keySet());
    for (String name : names) {
      String value = settings.getOrDefault(name, "nothing");
      String other = loadedSettings.getOrDefault(name, "nothing");
      if (!value.equals(other)) {
        return Optional.of(
            "%s  the file says %s for %s, loaded is %s"
                .formatted(written.position(), value, name, other));
      }
    }
    return part(written, "mappings")
        .flatMap(
            mappings ->
                part(loaded, "mappings")
                    .map(other -> Divergence.of(mappings, other))
                    .orElse(Optional.of(mappings.position() + "  mappings are not loaded")));
  }

  private static Optional<Node> part(Node template, String name) {
    return template.asMapping().get("template").flatMap(t -> t.asMapping().get(name));
  }

  private static Map<String, String> settings(Node template) {
    Map<String, String> flat = new TreeMap<>();
    part(template, "settings").ifPresent(settings -> flatten("", settings, flat));
    return flat;
  }

  private static void flatten(String prefix, Node node, Map<String, String> flat) {
    if (node instanceof Node.Mapping mapping) {
      mapping.entries().forEach(e -> flatten(prefix + "." + e.key(), e.value(), flat));
      return;
    }
    List<String> values =
        node instanceof Node.Sequence list ? list.texts() : List.of(node.asText());
    flat.put(prefix.replaceFirst("^\\.(index\\.)?", ""), String.join(", ", values));
  }
}
