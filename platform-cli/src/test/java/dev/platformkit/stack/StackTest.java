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
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackTest {
  @TempDir Path folder;
  private Project project;

  @BeforeEach
  void aProject() throws IOException {
    project =
        new Project(folder, "demo", List.of("data", "metrics", "dashboards"), ImageSource.AUTO);
    write("data", "services: { postgres: { image: p } }");
    write("metrics", "services: { prometheus: { image: p } }");
    write("dashboards", "x-platform: { needs: [metrics] }\nservices: { grafana: { image: g } }");
  }

  @Test
  void aStackBringsWhatItNeeds() {
    assertThat(Stack.choose(project, List.of("dashboards")))
        .extracting(Stack::name)
        .containsExactly("metrics", "dashboards");
  }

  @Test
  void withoutAWishAllAreChosenInTheProjectsOrder() {
    assertThat(Stack.choose(project, List.of()))
        .extracting(Stack::name)
        .containsExactly("data", "metrics", "dashboards");
  }

  @Test
  void anUnknownStackIsToldWithTheNearest() {
    assertThatThrownBy(() -> Stack.choose(project, List.of("metricz")))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.details()).contains("did you mean \"metrics\"?"));
  }

  @Test
  void stacksThatNeedEachOtherAreBothChosen() throws IOException {
    write("metrics", "x-platform: { needs: [dashboards] }\nservices: { prometheus: { image: p } }");

    assertThat(Stack.choose(project, List.of("metrics"))).hasSize(2);
  }

  @Test
  void aServiceSaysWhenItIsReadyAndWhereItOpens() throws IOException {
    write(
        "data",
        """
        services:
          consul:
            image: ${CONSUL_IMAGE}
            x-platform:
              ready: { http: 8500, path: /v1/status/leader, body: ":8300" }
              open: { http: 8500, path: /ui }
        """);

    Service consul = Stack.read(project, "data").services().get(0);

    assertThat(consul.ready())
        .isEqualTo(new Readiness.Http(8500, "/v1/status/leader", Optional.of(":8300")));
    assertThat(consul.open()).contains(new Service.Open(8500, "/ui"));
    assertThat(consul.position()).hasToString("stacks/data/compose.yaml:2:3");
  }

  @Test
  void aMistypedWordUnderXPlatformIsToldWithItsPlace() throws IOException {
    write("data", "services:\n  a:\n    image: i\n    x-platform: { redy: { http: 1 } }\n");

    assertThatThrownBy(() -> Stack.read(project, "data"))
        .hasMessage("stacks/data/compose.yaml:4:19  unknown key \"redy\"");
  }

  @Test
  void aServiceWithoutAnImageIsTold() throws IOException {
    write("data", "services:\n  a: { ports: [] }\n");

    assertThatThrownBy(() -> Stack.read(project, "data"))
        .hasMessageContaining("stacks/data/compose.yaml:2:6")
        .hasMessageContaining("image");
  }

  private void write(String stack, String compose) throws IOException {
    Path file = folder.resolve("stacks").resolve(stack).resolve("compose.yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, compose);
  }
}
