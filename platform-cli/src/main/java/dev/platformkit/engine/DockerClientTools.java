package dev.platformkit.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The docker client and its plugins on this machine, found where the client itself looks. */
public final class DockerClientTools {
  /** Where plugins for every user go that no package brought. */
  public static final Path LOCAL_PLUGINS = Path.of("/usr/local/lib/docker/cli-plugins");

  private static final List<String> SYSTEM_PLUGINS =
      List.of(
          LOCAL_PLUGINS.toString(),
          "/usr/local/libexec/docker/cli-plugins",
          "/usr/lib/docker/cli-plugins",
          "/usr/libexec/docker/cli-plugins");

  private DockerClientTools() {}

  public static Optional<Path> client() {
    return Executables.find("docker");
  }

  /** A plugin's file, for example of {@code compose}. */
  public static Optional<Path> plugin(String name) {
    return plugin(name, System.getenv());
  }

  static Optional<Path> plugin(String name, Map<String, String> environment) {
    Stream<String> user =
        environment.containsKey("DOCKER_CONFIG")
            ? Stream.of(environment.get("DOCKER_CONFIG") + "/cli-plugins")
            : Stream.ofNullable(environment.get("HOME")).map(home -> home + "/.docker/cli-plugins");
    return Stream.concat(user, SYSTEM_PLUGINS.stream())
        .map(folder -> Path.of(folder, "docker-" + name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
