package dev.platformkit.stack;

import static java.util.Objects.requireNonNull;

import dev.platformkit.project.Platform;
import dev.platformkit.project.Project;
import dev.platformkit.project.StateFolder;
import dev.platformkit.source.EnvFile;
import dev.platformkit.source.Node;
import dev.platformkit.source.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Several stacks as one Compose project. It is a list of the stacks' files and of the env files
 * that they share, and nothing else:
 *
 * <pre>
 * name: demo
 * include:
 *   - path: ../../stacks/data/compose.yaml
 *     env_file: [images.env, ../../stacks/ports.env, ports.env, platform.env]
 *   - path: [../../stacks/metrics/compose.yaml, ../../stacks/data/with.metrics.yaml]
 *     env_file: [images.env, ../../stacks/ports.env, ports.env, platform.env]
 * </pre>
 *
 * <p>A stack may add to another, where both are chosen, by a file {@code with.<other>.yaml}: so it
 * brings its own scrape jobs along.
 *
 * @param official whether services that exist only as official images belong to it
 */
public record Assembly(Project project, Platform platform, List<Stack> stacks, boolean official) {
  /** Every published port, relative to the project. */
  public static final String PORTS = "stacks/ports.env";

  private static final String HEADER =
      "# Written by platform up. By hand: docker compose -f %s up -d%n";

  public Assembly {
    requireNonNull(project, "project is null");
    requireNonNull(platform, "platform is null");
    stacks = List.copyOf(stacks);
  }

  /**
   * What was last assembled for a platform, its stacks read afresh; empty when nothing ever was.
   * Stacks that the project no longer has are left out.
   */
  public static Optional<Assembly> last(Project project, Platform platform) {
    List<String> names = lastStacks(platform);
    if (names.isEmpty()) {
      return Optional.empty();
    }
    List<Stack> stacks =
        project.stacks().stream()
            .filter(names::contains)
            .map(name -> Stack.read(project, name))
            .toList();
    return Optional.of(new Assembly(project, platform, stacks, lastOfficial(platform)));
  }

  /** The names of the stacks that were last assembled for a platform. */
  public static List<String> lastStacks(Platform platform) {
    if (!Files.isRegularFile(platform.composeFile())) {
      return List.of();
    }
    Node.Mapping file =
        YamlReader.read(platform.composeFile(), shown(platform, platform.composeFile()))
            .asMapping();
    List<String> names = new ArrayList<>();
    for (Node item : file.require("include").asSequence().items()) {
      Node path = item.asMapping().require("path");
      Node own = path instanceof Node.Sequence files ? files.items().get(0) : path;
      names.add(Path.of(own.asText()).getParent().getFileName() + "");
    }
    return names;
  }

  /** Whether services that exist only as official images belonged to what was last assembled. */
  public static boolean lastOfficial(Platform platform) {
    Path file = platform.state().resolve(".env");
    return Service.OFFICIAL.equals(
        EnvFile.read(file, shown(platform, file)).values().get("COMPOSE_PROFILES"));
  }

  private static String shown(Platform platform, Path file) {
    return platform.root().relativize(file).toString();
  }

  /** The services that take part, in the order of the stacks. */
  public List<Service> services() {
    return stacks.stream().flatMap(stack -> services(stack).stream()).toList();
  }

  /** The services of one stack that take part. */
  public List<Service> services(Stack stack) {
    return stack.services().stream().filter(this::takesPart).toList();
  }

  /** The services that do not take part, since they exist only as official images. */
  public List<Service> leftOut() {
    return known().filter(service -> !takesPart(service) && !service.isJob()).toList();
  }

  /** What can be run, and ends by itself. */
  public List<Service> jobs() {
    return known().filter(Service::isJob).toList();
  }

  /** Every service that the stacks' files have, in the order of the stacks. */
  private Stream<Service> known() {
    return stacks.stream().flatMap(stack -> stack.services().stream());
  }

  private boolean takesPart(Service service) {
    return service.profiles().isEmpty()
        || (official && service.profiles().contains(Service.OFFICIAL));
  }

  /** The stack that a service belongs to. */
  public Stack stackOf(String service) {
    return stacks.stream()
        .filter(stack -> stack.services().stream().anyMatch(s -> s.name().equals(service)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no stack has " + service));
  }

  /** The service of a name, whether or not it takes part. */
  public Optional<Service> service(String name) {
    return known().filter(service -> service.name().equals(name)).findFirst();
  }

  /** The variables that its files may use, as they stand on disk now. */
  public Variables variables(Map<String, String> environment) {
    List<EnvFile> files = new ArrayList<>();
    for (Path file : envFiles()) {
      files.add(EnvFile.read(file, shown(platform, file)));
    }
    return new Variables(files, environment);
  }

  private List<Path> envFiles() {
    Path state = platform.state();
    return List.of(
        state.resolve("images.env"),
        project.root().resolve(PORTS),
        state.resolve("ports.env"),
        state.resolve("platform.env"));
  }

  /** The Compose file, its paths relative to the platform's folder, where it stands. */
  public String compose() {
    return compose(platform.state(), envFiles());
  }

  /**
   * The same for another folder.
   *
   * @param folder where it is going to stand
   * @param envFiles what it takes its variables from, the last wins
   */
  public String compose(Path folder, List<Path> envFiles) {
    String shownEnvFiles =
        String.join(
            ", ", envFiles.stream().map(file -> folder.relativize(file).toString()).toList());
    StringBuilder text =
        new StringBuilder(HEADER.formatted(shown(platform, platform.composeFile())));
    text.append("name: ").append(platform.name()).append("\ninclude:\n");
    for (Stack stack : stacks) {
      text.append("  - path: ").append(paths(stack, folder)).append('\n');
      text.append("    env_file: [").append(shownEnvFiles).append("]\n");
    }
    return text.toString();
  }

  private String paths(Stack stack, Path folder) {
    List<String> paths =
        files(stack).stream().map(file -> folder.relativize(file).toString()).toList();
    return paths.size() == 1 ? paths.get(0) : "[" + String.join(", ", paths) + "]";
  }

  /** A stack's own file, then what the other chosen stacks add to it: {@code with.<stack>.yaml}. */
  public List<Path> files(Stack stack) {
    List<Path> files = new ArrayList<>(List.of(stack.file()));
    for (Stack other : stacks) {
      Path added = other.file().resolveSibling("with." + stack.name() + ".yaml");
      if (Files.isRegularFile(added)) {
        files.add(added);
      }
    }
    return files;
  }

  /** What the other chosen stacks add to a stack, file by file. */
  List<Node.Mapping> additions(Stack stack) {
    return files(stack).stream()
        .skip(1)
        .map(file -> YamlReader.read(file, shown(platform, file)).asMapping())
        .toList();
  }

  /** The bind mounts of a service, those that other chosen stacks add to it included. */
  public List<Mount> mounts(Stack stack, Service service, Variables variables) {
    Path folder = stack.file().getParent();
    List<Mount> mounts =
        new ArrayList<>(Mount.of(folder, service.definition(), stack.compose(), variables));
    for (Node.Mapping addition : additions(stack)) {
      addition
          .get("services")
          .flatMap(services -> services.asMapping().get(service.name()))
          .map(Node::asMapping)
          .ifPresent(added -> mounts.addAll(Mount.of(folder, added, addition, variables)));
    }
    return mounts;
  }

  /** Writes the Compose file and what it refers to, where they differ from what is there. */
  public void write() {
    Path state = StateFolder.open(platform).platform().state();
    Path ports = state.resolve("ports.env");
    if (!Files.exists(ports)) {
      StateFolder.write(ports, "");
    }
    StateFolder.write(
        state.resolve(".env"), official ? "COMPOSE_PROFILES=" + Service.OFFICIAL + "\n" : "");
    StateFolder.write(platform.composeFile(), compose());
  }
}
