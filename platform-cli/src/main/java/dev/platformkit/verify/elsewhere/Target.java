package dev.platformkit.verify.elsewhere;

import static java.util.Objects.requireNonNull;

import dev.platformkit.verify.Redaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A platform that runs elsewhere, as a file describes it; see {@link TargetReader} for the YAML.
 *
 * @param name what its evidence is kept under
 * @param file the file, for people
 * @param services where journeys send their requests
 * @param logIndices which indices of Elasticsearch hold log lines
 * @param registered the services that Consul must know; empty for all that journeys name
 * @param redaction knows the secrets that the file led to
 */
public record Target(
    String name,
    String file,
    Map<String, Endpoint> services,
    Map<TargetBackend, Endpoint> backends,
    String logIndices,
    Optional<List<String>> registered,
    Redaction redaction) {
  public Target {
    requireNonNull(name, "name is null");
    requireNonNull(file, "file is null");
    services = Map.copyOf(services);
    backends = Map.copyOf(backends);
    requireNonNull(logIndices, "logIndices is null");
    registered = registered.map(List::copyOf);
    requireNonNull(redaction, "redaction is null");
  }
}
