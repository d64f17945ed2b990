package dev.platformkit.compose;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Compose files that run together: one network of names, one host whose ports they share. */
public record ComposeProject(List<ComposeFile> files) {
  public ComposeProject {
    files = List.copyOf(files);
  }

  /** Every service of every file. */
  public List<ComposeService> services() {
    return files.stream().flatMap(file -> file.services().stream()).toList();
  }

  /** The services, one definition each per file, that other containers reach under a name. */
  public List<ComposeService> reachableAs(String host) {
    return services().stream().filter(service -> answersTo(service, host)).toList();
  }

  /** Containers carry numbers: {@code demo-product-2} is the second of {@code product}. */
  private static boolean answersTo(ComposeService service, String host) {
    return service.hostNames().contains(host)
        || host.matches("(.+[-_])?" + Pattern.quote(service.name()) + "[-_]\\d+");
  }

  /** Every name that can be reached. */
  public Set<String> hostNames() {
    Set<String> names = new LinkedHashSet<>();
    services().forEach(service -> names.addAll(service.hostNames()));
    return names;
  }

  /** Whether some service joins a network on which others, unknown here, may answer. */
  public boolean sharesANetwork() {
    return files.stream()
        .flatMap(file -> Shape.entriesAt(file.root(), "networks").stream())
        .flatMap(network -> Shape.at(network.value(), "external").stream())
        .anyMatch(e -> Shape.scalar(e).map(flag -> !flag.text().equals("false")).orElse(true));
  }

  /** The services that mount a file of the host, each with where it sees it. */
  public List<Seen> seenBy(Path onHost) {
    return services().stream()
        .flatMap(
            service ->
                service.mounts().stream()
                    .filter(mount -> !isOfTheMachine(service, mount))
                    .flatMap(mount -> mount.containerPath(onHost).stream())
                    .map(path -> new Seen(service, path, mounts(service.name()))))
        .toList();
  }

  /** What a container of a service sees: what any of the files gives it. */
  private List<Mount> mounts(String service) {
    return services().stream()
        .filter(s -> s.name().equals(service))
        .flatMap(s -> s.mounts().stream())
        .toList();
  }

  /** Whether a mount shows the machine, and the project only because it lies on it. */
  private static boolean isOfTheMachine(ComposeService service, Mount mount) {
    return mount.source().startsWith("/") && service.file().folder().startsWith(mount.host());
  }

  /**
   * A file of the host as a container sees it.
   *
   * @param mounts all that the container sees of the host
   */
  public record Seen(ComposeService service, String path, List<Mount> mounts) {
    public Seen {
      mounts = List.copyOf(mounts);
    }

    /**
     * Where another path of the same container lies on the host; empty where nothing of the host is
     * mounted there.
     */
    public Optional<Path> hostPath(String inContainer) {
      return mounts.stream()
          .filter(mount -> mount.hostPath(inContainer).isPresent())
          .max(Comparator.comparingInt(mount -> mount.target().length()))
          .flatMap(mount -> mount.hostPath(inContainer));
    }
  }
}
