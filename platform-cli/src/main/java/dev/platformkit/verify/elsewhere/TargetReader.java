package dev.platformkit.verify.elsewhere;

import dev.platformkit.problem.Problem;
import dev.platformkit.project.Project;
import dev.platformkit.source.Node;
import dev.platformkit.source.YamlReader;
import dev.platformkit.verify.Redaction;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads target files.
 *
 * <pre>
 * name: staging
 * services:
 *   api-gateway: { url: https://shop.staging.example }
 * backends:
 *   jaeger: { url: https://jaeger.staging.example, ca: certs/ca.pem, bearer_token_file: secrets/jaeger }
 *   prometheus:
 *     url: https://metrics.staging.example/prometheus
 *     basic_auth: { username: verify, password_env: METRICS_PASSWORD }
 *     headers: { X-Scope-OrgID: team-a, X-Api-Key: { file: secrets/metrics-key } }
 *   elasticsearch: { url: https://logs.staging.example, index: "filebeat-*", api_key_file: secrets/logs }
 *   consul: { url: https://consul.staging.example, token_file: secrets/consul, services: [user, cart] }
 * </pre>
 *
 * Files are found from the folder of the target file. A secret never stands in it: it is read from
 * a file or an environment variable that the target file names.
 */
public final class TargetReader {
  private static final String USUAL_INDICES = "filebeat-*";

  private final EndpointReader endpoints;

  private TargetReader(EndpointReader endpoints) {
    this.endpoints = endpoints;
  }

  /**
   * Reads a target file and what it refers to.
   *
   * @param environment where {@code …_env} keys find their secrets
   * @throws Problem exit 2 with file, line and column of what is not right
   */
  public static Target read(Path file, Map<String, String> environment) {
    String shownAs = file.toString();
    return of(YamlReader.read(file, shownAs), file, environment);
  }

  static Target of(Node root, Path file, Map<String, String> environment) {
    Redaction redaction = new Redaction();
    Path folder = Path.of("").resolve(file).toAbsolutePath().normalize().getParent();
    Secrets secrets = new Secrets(folder, environment, redaction);
    return new TargetReader(new EndpointReader(secrets))
        .target(root.asMapping(), file.toString(), redaction);
  }

  private Target target(Node.Mapping map, String file, Redaction redaction) {
    map.allowOnly(List.of("name", "services", "backends"));
    Node name = map.require("name");
    if (!Project.isName(name.asText())) {
      throw name.unexpected("a name of lower-case letters, digits, - and _");
    }
    Map<String, Endpoint> services = new LinkedHashMap<>();
    for (Node.Mapping.Entry entry : some(map.require("services"), "a service")) {
      services.put(entry.key(), endpoints.service(entry));
    }
    Node.Mapping named = map.require("backends").asMapping();
    named.allowOnly(TargetBackend.keys());
    Map<TargetBackend, Endpoint> backends = new EnumMap<>(TargetBackend.class);
    for (Node.Mapping.Entry entry : some(named, "a backend")) {
      TargetBackend.of(entry.key())
          .ifPresent(backend -> backends.put(backend, endpoints.backend(backend, entry)));
    }
    return new Target(
        name.asText(),
        file,
        services,
        backends,
        of(named, TargetBackend.ELASTICSEARCH, "index")
            .map(TargetReader::indices)
            .orElse(USUAL_INDICES),
        of(named, TargetBackend.CONSUL, "services").map(list -> list.asSequence().texts()),
        redaction);
  }

  private static List<Node.Mapping.Entry> some(Node node, String what) {
    List<Node.Mapping.Entry> entries =
        node.asMapping().entries().stream().filter(e -> !e.key().startsWith("x-")).toList();
    if (entries.isEmpty()) {
      throw Problem.usage(node.position() + "  a target needs " + what);
    }
    return entries;
  }

  private static Optional<Node> of(Node.Mapping backends, TargetBackend backend, String key) {
    return backends.get(backend.key()).flatMap(node -> node.asMapping().get(key));
  }

  private static String indices(Node node) {
    if (!node.asText().matches("[a-z0-9*][a-z0-9._*,-]*")) {
      throw node.unexpected("names of indices such as filebeat-* or logs-*,audit");
    }
    return node.asText();
  }
}
