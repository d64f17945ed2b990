package dev.platformkit.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.problem.Problem;
import dev.platformkit.project.ImageSource;
import dev.platformkit.project.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsTest {
  @TempDir Path root;
  private Project project;

  @BeforeEach
  void aProject() throws IOException {
    project = new Project(root, "demo", List.of("data", "dashboards"), ImageSource.AUTO);
    write("stacks/ports.env", "NATS_PORT=4222\nGRAFANA_PORT=3000\n");
    write(
        "stacks/data/compose.yaml",
        """
        services:
          nats:
            image: ${NATS_IMAGE}
            ports:
              - 127.0.0.1:${NATS_PORT}:4222
              - 127.0.0.1::8222
              - target: 1883
                published: 1883
            volumes:
              - ./nats/nats.conf:/etc/nats.conf:ro
              - nats:/data
              - /var/lib/docker/containers:/logs:ro
        secrets:
          password: { file: "${PLATFORM_STATE:-../../.platform/demo}/secrets/password" }
        """);
    write("stacks/data/nats/nats.conf", "");
    write(
        "stacks/dashboards/compose.yaml",
        """
        services:
          grafana:
            image: ${GRAFANA_IMAGE}
            profiles: [official]
            volumes: [./missing:/etc/grafana]
        """);
  }

  @Test
  void whatIsRightPasses() {
    inputs(false).check();
    assertThat(root.resolve(".platform")).doesNotExist();
  }

  @Test
  void aMountWithoutSourceIsToldWithItsPlace() throws IOException {
    Files.delete(root.resolve("stacks/data/nats/nats.conf"));

    assertThatThrownBy(() -> inputs(false).check())
        .hasMessage(
            "stacks/data/compose.yaml:10:9  there is no stacks/data/nats/nats.conf, mounted here");
  }

  @Test
  void aServiceThatIsLeftOutMayMountWhatItLikes() {
    inputs(false).check();

    assertThatThrownBy(() -> inputs(true).check())
        .hasMessageContaining("stacks/dashboards/compose.yaml:5:15");
  }

  @Test
  void whatAStackAddsToAnotherIsCheckedInItsOwnFile() throws IOException {
    write(
        "stacks/dashboards/with.data.yaml",
        """
        services:
          nats:
            volumes: [../dashboards/missing:/extra:ro]
        """);

    assertThatThrownBy(() -> inputs(false).check())
        .hasMessage(
            "stacks/dashboards/with.data.yaml:3:15  there is no stacks/dashboards/missing,"
                + " mounted here");
  }

  @Test
  void aVariableWithoutValueIsToldWithItsPlace() throws IOException {
    write("stacks/ports.env", "GRAFANA_PORT=3000\n");

    assertThatThrownBy(() -> inputs(false).check())
        .isInstanceOf(Problem.class)
        .hasMessage("stacks/data/compose.yaml:5:9  the variable ${NATS_PORT} has no value");
  }

  @Test
  void secretsOfTheStateFolderAreTheOnesToGenerate() {
    assertThat(inputs(false).secrets())
        .containsExactly(root.resolve(".platform/demo/secrets/password"));
  }

  @Test
  void fixedPortsKnowTheVariableThatDecidesThem() {
    Inputs inputs = inputs(false);
    Service nats = Stack.read(project, "data").services().get(0);

    assertThat(PublishedPort.of(nats, inputs.variables()))
        .extracting(p -> p.address() + ":" + p.host() + ":" + p.container() + " " + p.variable())
        .containsExactly(
            "127.0.0.1:4222:4222 Optional[NATS_PORT]", "0.0.0.0:1883:1883 Optional.empty");
  }

  private Inputs inputs(boolean official) {
    return new Inputs(
        new Assembly(project, project.platform("demo"), Stack.choose(project, List.of()), official),
        Map.of());
  }

  private void write(String file, String content) throws IOException {
    Files.createDirectories(root.resolve(file).getParent());
    Files.writeString(root.resolve(file), content);
  }
}
