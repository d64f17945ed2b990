package dev.platformkit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * What our compose files rely on in an image holds in those built here, so that one compose file
 * serves both sources: the user, the programs it runs, and the folders it writes to.
 */
@ExtendWith(RunningPlatform.class)
class LocalImagesIT {
  /**
   * @param user the numeric user that the official image runs as, or that compose sets
   * @param programs found on the path by that name
   * @param writable folders that user owns, because a volume takes its owner from the image
   */
  record Expected(String component, int user, List<String> programs, List<String> writable) {
    @Override
    public String toString() {
      return component;
    }
  }

  static Stream<Expected> images() {
    return Stream.of(
        new Expected(
            "alertmanager", 65534, List.of("alertmanager", "amtool"), List.of("/alertmanager")),
        new Expected("blackbox-exporter", 65534, List.of("blackbox_exporter"), List.of()),
        new Expected("consul", 100, List.of("consul"), List.of("/consul/data")),
        new Expected(
            "elasticsearch",
            1000,
            List.of("bash", "curl"),
            List.of("/usr/share/elasticsearch/data")),
        new Expected("filebeat", 0, List.of("filebeat"), List.of("/usr/share/filebeat/data")),
        new Expected("jaeger", 10001, List.of("/cmd/jaeger/jaeger-linux"), List.of()),
        new Expected("nats", 65534, List.of("/nats-server"), List.of()),
        new Expected("node-exporter", 65534, List.of("node_exporter"), List.of()),
        new Expected(
            "postgres", 999, List.of("pg_isready", "psql"), List.of("/var/lib/postgresql/data")),
        new Expected(
            "prometheus", 65534, List.of("prometheus", "promtool"), List.of("/prometheus")),
        new Expected("pushgateway", 65534, List.of("pushgateway"), List.of()),
        new Expected("api-gateway", 65532, List.of("java"), List.of()),
        new Expected("alert-inbox", 65532, List.of("java"), List.of()),
        new Expected("log-keeper", 65532, List.of("java"), List.of()),
        new Expected("cart", 65532, List.of("java"), List.of()),
        new Expected("cart-api", 65532, List.of("java"), List.of()),
        new Expected("product", 65532, List.of("java"), List.of()),
        new Expected("user", 65532, List.of("java"), List.of()));
  }

  @ParameterizedTest
  @MethodSource("images")
  void holdsWhatOurComposeFilesRelyOn(Expected expected) throws IOException {
    String image = image(expected.component());
    assumeTrue(image.startsWith("platform.local/"), image + " is an official image");
    String script =
        "id -u; for p in %s; do command -v $p >/dev/null || echo no program $p; done; "
                .formatted(String.join(" ", expected.programs()))
            + "for d in %s; do [ -w $d ] || echo cannot write $d; done"
                .formatted(String.join(" ", expected.writable()));

    try (GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(image))
            .withCreateContainerCmdModifier(
                create ->
                    create
                        .withUser(Integer.toString(expected.user()))
                        .withEntrypoint("bash", "-c", script))
            .withStartupCheckStrategy(new OneShotStartupCheckStrategy())) {
      container.start();

      assertThat(container.getLogs().lines().filter(line -> !line.isBlank()))
          .containsExactly(Integer.toString(expected.user()));
    }
  }

  @ParameterizedTest
  @MethodSource("images")
  void saysWhatItIs(Expected expected) throws IOException {
    String image = image(expected.component());
    assumeTrue(image.startsWith("platform.local/"), image + " is an official image");

    var labels = RunningPlatform.docker().inspectImageCmd(image).exec().getConfig().getLabels();

    assertThat(labels)
        .containsKeys("org.opencontainers.image.title", "org.opencontainers.image.version");
  }

  /** The image that the shared platform runs for a component. */
  private static String image(String component) throws IOException {
    String variable = component.toUpperCase(Locale.ROOT).replace('-', '_') + "_IMAGE=";
    return Files.readAllLines(RunningPlatform.state().resolve("images.env")).stream()
        .filter(line -> line.startsWith(variable))
        .map(line -> line.substring(variable.length()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + variable + " in images.env"));
  }
}
