package dev.platformkit.verify.elsewhere;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The servers that a target file can name: those whose proofs only read. */
enum TargetBackend {
  JAEGER(16686, "/api/v3/services"),
  PROMETHEUS(9090, "/api/v1/query?query=time()"),
  ELASTICSEARCH(9200, ""),
  ALERTMANAGER(9093, "/api/v2/status"),
  CONSUL(8500, "/v1/catalog/services");

  private final int port;
  private final String question;

  TargetBackend(int port, String question) {
    this.port = port;
    this.question = requireNonNull(question, "question is null");
  }

  /** Its key in the file, which is also the service's name on a platform of ours. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The container port by which probes ask for it, and for no other of its ports. */
  int port() {
    return port;
  }

  /** What tells with one question that it is there and lets us in. */
  String question(String logIndices) {
    return this == ELASTICSEARCH ? "/" + logIndices + "/_search" : question;
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(TargetBackend::key).toList();
  }

  static Optional<TargetBackend> of(String key) {
    return Arrays.stream(values()).filter(each -> each.key().equals(key)).findFirst();
  }
}
