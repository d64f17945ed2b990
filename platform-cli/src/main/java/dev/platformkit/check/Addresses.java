package dev.platformkit.check;

import static java.util.Objects.requireNonNull;

import dev.platformkit.compose.ComposeProject;
import dev.platformkit.compose.ComposeService;
import dev.platformkit.problem.Nearest;
import dev.platformkit.source.Spot;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges addresses that a server's configuration names: whether a service of that name exists where
 * the server runs, and listens on that port.
 */
public final class Addresses {
  private static final Set<String> ITSELF = Set.of("localhost", "127.0.0.1", "::1");

  private final Workspace workspace;
  private final Document config;
  private final List<ComposeProject> projects;
  private final List<ComposeService> owners;

  public Addresses(Workspace workspace, Document config) {
    this.workspace = requireNonNull(workspace, "workspace is null");
    this.config = requireNonNull(config, "config is null");
    Path path = config.source().path();
    List<ComposeProject> mounting =
        workspace.composeProjects().stream().filter(p -> !p.seenBy(path).isEmpty()).toList();
    this.projects = mounting.isEmpty() ? workspace.composeProjects() : mounting;
    this.owners = projects.stream().flatMap(p -> owners(p, path)).toList();
  }

  /** Every definition of the services that run from a file, those that other files add included. */
  private static Stream<ComposeService> owners(ComposeProject project, Path path) {
    Set<String> names =
        project.seenBy(path).stream()
            .map(seen -> seen.service().name())
            .collect(Collectors.toSet());
    return project.services().stream().filter(service -> names.contains(service.name()));
  }

  /** Whether no Compose file is there to compare with. */
  public boolean cannotJudge() {
    return projects.isEmpty();
  }

  /** Tells what is wrong with an address, if anything is. */
  public void judge(String host, int port, Spot spot, Findings findings) {
    boolean itself = ITSELF.contains(host);
    if (projects.isEmpty() || (itself && owners.isEmpty())) {
      return;
    }
    List<ComposeService> services =
        itself ? owners : projects.stream().flatMap(p -> p.reachableAs(host).stream()).toList();
    if (services.isEmpty()) {
      unknown(host, port, spot, findings);
      return;
    }
    Listening listening = Listening.of(workspace, services);
    String name = services.get(0).name();
    if (listening.on(port)) {
      return;
    }
    if (listening.isUnknown()) {
      findings.note(
          config.source(),
          spot,
          name + " declares no port, so " + port + " could not be compared; expose: would tell");
      return;
    }
    List<String> ports = listening.ports();
    String message = name + " listens on " + String.join(", ", ports) + ": " + listening.where();
    findings.add(
        config.source(),
        spot,
        message,
        ports.size() == 1 && !ports.get(0).contains("-")
            ? host + ":" + ports.get(0)
            : "one of these, or declare " + port + " under expose: of " + name);
  }

  private void unknown(String host, int port, Spot spot, Findings findings) {
    boolean elsewhere = host.contains(".") || host.contains(":");
    if (elsewhere || projects.stream().anyMatch(ComposeProject::sharesANetwork)) {
      return;
    }
    Set<String> known = new TreeSet<>();
    projects.forEach(project -> known.addAll(project.hostNames()));
    String message = "there is no service \"" + host + "\" in the Compose files";
    Optional<String> near = Nearest.of(host, known);
    if (near.isPresent()) {
      findings.add(config.source(), spot, message, near.get() + ":" + port);
    } else {
      findings.add(config.source(), spot, message);
    }
  }
}
