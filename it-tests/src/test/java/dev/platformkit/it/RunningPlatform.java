package dev.platformkit.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ExposedPort;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.testcontainers.DockerClientFactory;

/**
 * The one platform that all tests share: brought up before the first class that needs it, taken
 * down with its volumes after the last. It has a name and ports of its own, so it neither meets a
 * platform that somebody runs on this machine nor another clone's tests.
 */
final class RunningPlatform implements BeforeAllCallback {
  static final String NAME = "it-%04x".formatted(Cli.ROOT.toString().hashCode() & 0xffff);

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(Namespace.GLOBAL)
        .getOrComputeIfAbsent(RunningPlatform.class, key -> new Up(), Up.class);
  }

  /** Runs {@code platform ARGS --name NAME} on the shared platform. */
  static Cli.Result platform(String... args) {
    return Cli.platform(NAME, args);
  }

  /** Brings the shared platform (back) to all ready; fails with what {@code up} said. */
  static void up() {
    Cli.Result up = platform("up", "--yes", "--ports", "auto");
    if (up.exit() != 0) {
      throw new AssertionError("the shared platform did not come up\n" + up);
    }
  }

  static DockerClient docker() {
    return DockerClientFactory.lazyClient();
  }

  /** Every container of a platform, stopped ones included. */
  static List<Container> containers(String platform) {
    return docker()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of("com.docker.compose.project", platform))
        .exec();
  }

  /** The first container of a service of the shared platform. */
  static String container(String service) {
    return container(NAME, service);
  }

  /** The first container of a service of a platform. */
  static String container(String platform, String service) {
    return containers(platform, service).stream()
        .findFirst()
        .orElseThrow(() -> new AssertionError("no container of " + service));
  }

  /** The containers of a service of a platform: it may have several instances. */
  static List<String> containers(String platform, String service) {
    return containers(platform).stream()
        .filter(c -> service.equals(c.getLabels().get("com.docker.compose.service")))
        .map(Container::getId)
        .toList();
  }

  /** Where a port of a container is published on 127.0.0.1. */
  static int published(String container, int port) {
    return Integer.parseInt(
        docker()
            .inspectContainerCmd(container)
            .exec()
            .getNetworkSettings()
            .getPorts()
            .getBindings()
            .get(ExposedPort.tcp(port))[0]
            .getHostPortSpec());
  }

  /** What {@code status} says of a service. */
  static JsonNode status(String service) {
    for (JsonNode s : platform("status", "-o", "json").json().path("services")) {
      if (service.equals(s.path("service").asText())) {
        return s;
      }
    }
    throw new AssertionError("status knows no service " + service);
  }

  /** Generated files of the shared platform. */
  static Path state() {
    return Cli.ROOT.resolve(".platform").resolve(NAME);
  }

  private static final class Up implements AutoCloseable {
    Up() {
      // What tests that were cut off left behind may hold another state folder's secrets.
      takeDown();
      up();
    }

    @Override
    public void close() {
      takeDown();
    }

    private static void takeDown() {
      Cli.Result down = platform("down", "--volumes", "--yes");
      if (down.exit() != 0) {
        throw new AssertionError("the shared platform did not go down\n" + down);
      }
    }
  }
}
