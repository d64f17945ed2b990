package dev.platformkit.engine;

import static java.util.Objects.requireNonNull;

import dev.platformkit.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Docker Compose, run as the client's plugin on one assembled project, exactly as a user could type
 * it: {@code docker compose -p demo -f .platform/demo/compose.yaml up -d}.
 *
 * @param project the Compose project's name
 * @param file the assembled file
 * @param environment variables on top of this process's own
 */
public record Compose(String project, Path file, Map<String, String> environment) {
  public Compose {
    requireNonNull(project, "project is null");
    requireNonNull(file, "file is null");
    environment = Map.copyOf(environment);
  }

  /**
   * Runs a Compose command to its end.
   *
   * @param out takes each line of its standard output
   * @param err takes each line of its progress
   * @return its exit code
   * @throws Problem exit 3 when there is no Compose to run
   */
  public int run(List<String> arguments, Consumer<String> out, Consumer<String> err) {
    return command(arguments).run(out, err);
  }

  /** Runs a Compose command and keeps what it printed. */
  public Subprocess.Output run(String... arguments) {
    return command(List.of(arguments)).run();
  }

  /** What a user types for the same. */
  public String typed(String... arguments) {
    return "docker compose -p %s -f %s %s".formatted(project, file, String.join(" ", arguments));
  }

  private Subprocess command(List<String> arguments) {
    requireTools();
    List<String> command =
        new ArrayList<>(
            List.of("docker", "compose", "--ansi", "never", "-p", project, "-f", file.toString()));
    command.addAll(arguments);
    return Subprocess.of(command).with(environment);
  }

  private static void requireTools() {
    if (DockerClientTools.client().isEmpty()) {
      throw Problem.unable("there is no docker client on this machine")
          .tryCommand("platform engine install --yes");
    }
    if (DockerClientTools.plugin("compose").isEmpty()) {
      throw Problem.unable("the docker client has no Compose plugin")
          .tryCommand("platform engine install --yes");
    }
  }
}
