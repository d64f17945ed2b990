package dev.platformkit.image;

import static java.util.Objects.requireNonNull;

import dev.platformkit.engine.Executables;
import dev.platformkit.engine.Subprocess;
import dev.platformkit.image.Component.Kind;
import dev.platformkit.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Does what makes images be there, with the docker client and Maven as programs of their own. Two
 * clones on one machine do not build the same image at the same time: the second waits, and then
 * finds it there.
 */
final class ImageWork {
  /** BuildKit's plain progress: {@code #7 [build 2/4] RUN make}. */
  private static final Pattern STEP = Pattern.compile("#\\d+ \\[([^\\]]*\\d+/\\d+)\\] .*");

  private static final Path ASSEMBLED = Path.of("target", "image");

  private final Path root;
  private final Path locks;
  private final Predicate<String> present;
  private final Map<String, String> environment;
  private HostSettings host;

  /**
   * Prepares for a project.
   *
   * @param locks the folder of locks between processes
   * @param present asks the engine whether it holds an image now
   */
  ImageWork(Path root, Path locks, Predicate<String> present, Map<String, String> environment) {
    this.root = requireNonNull(root, "root is null");
    this.locks = requireNonNull(locks, "locks is null");
    this.present = requireNonNull(present, "present is null");
    this.environment = Map.copyOf(environment);
  }

  /** Pulls an official image. */
  boolean pull(String image, Consumer<String> log) {
    run(docker("pull", "--quiet", image), "cannot pull " + image, log);
    return true;
  }

  /** Lets Maven assemble our services, all in one build. */
  boolean assembleServices(List<Component> services, Consumer<String> log) {
    String modules =
        services.stream()
            .map(service -> root.relativize(service.folder()).toString())
            .collect(Collectors.joining(","));
    services.forEach(ImageWork::forget);
    maven(
        List.of("-f", root.resolve("pom.xml").toString(), "-pl", modules, "-am"),
        "the sample services do not build",
        log);
    return true;
  }

  /** Lets Maven assemble what a component's Dockerfile copies. */
  boolean assemble(Component component, Consumer<String> log) {
    forget(component);
    maven(
        List.of("-f", component.folder().resolve("pom.xml").toString()),
        "what " + component.name() + " is made of cannot be assembled",
        log);
    return true;
  }

  /** Builds an image, unless another process has done so meanwhile. */
  boolean build(
      Component component,
      String tag,
      Map<String, String> bases,
      Path dockerfile,
      Consumer<String> log,
      Consumer<String> step) {
    Path lock = locks.resolve(tag.replaceAll("[^A-Za-z0-9.-]", "_") + ".lock");
    return FileLock.holding(
        lock,
        () -> step.accept("another process builds it"),
        () -> {
          if (present.test(tag)) {
            log.accept(tag + " was built by another process");
            return false;
          }
          make(component, tag, bases, dockerfile, log, step);
          return true;
        });
  }

  private void make(
      Component component,
      String tag,
      Map<String, String> bases,
      Path dockerfile,
      Consumer<String> log,
      Consumer<String> step) {
    String failure = "the image of " + component.name() + " cannot be built";
    if (component.kind() == Kind.SCRIPT) {
      Subprocess script = Subprocess.of(component.folder().resolve("build").toString(), tag);
      run(script.in(component.folder()), failure, log);
      run(docker("tag", tag, component.plainTag()), failure, log);
      return;
    }
    run(
        Subprocess.of(command(component, tag, bases, dockerfile)).with(builder()),
        failure,
        line -> {
          log.accept(line);
          Matcher matcher = STEP.matcher(line);
          if (matcher.matches()) {
            step.accept(matcher.group(1));
          }
        });
  }

  private List<String> command(
      Component component, String tag, Map<String, String> bases, Path dockerfile) {
    HostSettings settings = host();
    List<String> command =
        new ArrayList<>(List.of("docker", "buildx", "build", "--progress", "plain"));
    command.addAll(List.of("--tag", tag, "--tag", component.plainTag()));
    bases.forEach((name, image) -> argument(command, name, image));
    argument(command, "VERSION", component.version());
    argument(command, "TITLE", component.name());
    settings.arguments().forEach((name, value) -> argument(command, name, value));
    settings
        .certificates()
        .ifPresent(bundle -> command.addAll(List.of("--secret", "id=ca,src=" + bundle)));
    if (settings.ownNetwork()) {
      command.addAll(List.of("--network", "host"));
    }
    Path context =
        component.kind() == Kind.SERVICE
            ? component.folder().resolve(ASSEMBLED)
            : component.folder();
    command.addAll(List.of("--file", dockerfile.toString(), context.toString()));
    return command;
  }

  private static void argument(List<String> command, String name, String value) {
    command.add("--build-arg");
    command.add(name + "=" + value);
  }

  /** The engine's own builder: only it knows the images that the engine holds. */
  private Map<String, String> builder() {
    return environment.containsKey("DOCKER_CONTEXT")
        ? Map.of("BUILDX_BUILDER", environment.get("DOCKER_CONTEXT"))
        : Map.of("BUILDX_BUILDER", "default");
  }

  private synchronized HostSettings host() {
    if (host == null) {
      host = HostSettings.read(environment);
    }
    return host;
  }

  /** What an earlier build assembled may hold files that the next does not overwrite. */
  private static void forget(Component component) {
    Path assembled = component.folder().resolve(ASSEMBLED);
    if (!Files.exists(assembled)) {
      return;
    }
    try (Stream<Path> files = Files.walk(assembled)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw Problem.unable("cannot remove " + assembled + ": " + e).causedBy(e);
    }
  }

  private void maven(List<String> arguments, String failure, Consumer<String> log) {
    if (Executables.find("mvn").isEmpty()) {
      throw Problem.unable(failure + ": there is no Maven").tryCommand("apt-get install maven");
    }
    List<String> command =
        new ArrayList<>(List.of("mvn", "-B", "-q", "-Dstyle.color=never", "-Dquick"));
    command.add("-DskipTests");
    command.addAll(arguments);
    command.add("package");
    Path javaHome = Path.of(System.getProperty("java.home"));
    Subprocess maven =
        Subprocess.of(command)
            .in(root)
            .with(
                Files.isExecutable(javaHome.resolve("bin/javac"))
                    ? Map.of("JAVA_HOME", javaHome.toString())
                    : Map.of());
    // Two builds in one folder, or two that fetch the same library, would spoil each other's files.
    FileLock.holding(
        locks.resolve("maven.lock"),
        () -> log.accept("waiting for another process's Maven"),
        () -> run(maven, failure, log));
  }

  private static Subprocess docker(String... arguments) {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    return Subprocess.of(command);
  }

  private static int run(Subprocess process, String failure, Consumer<String> log) {
    log.accept("$ " + String.join(" ", process.command()));
    int exit = process.run(log, log);
    if (exit != 0) {
      throw Problem.unable(failure + " (exit " + exit + ")");
    }
    return exit;
  }
}
