package dev.platformkit.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.source.EnvFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
  @TempDir Path root;
  private Project project;

  @BeforeEach
  void aProject() {
    project = new Project(root, "demo", List.of(), ImageSource.AUTO);
  }

  @Test
  void theIdIsMadeOnceAndVariablesThatWereSetStay() {
    Platform platform = project.platform("demo");
    StateFolder folder = StateFolder.open(platform);
    folder.set(Map.of("DOCKER_CONTAINERS", "/d"));

    assertThat(StateFolder.open(platform).id()).isEqualTo(folder.id());
    assertThat(EnvFile.read(platform.state().resolve("platform.env"), "").values())
        .containsOnly(
            Map.entry("PLATFORM_NAME", "demo"),
            Map.entry("PLATFORM_STATE", platform.state().toString()),
            Map.entry("PLATFORM_STATE_ID", folder.id()),
            Map.entry("DOCKER_CONTAINERS", "/d"));
  }

  @Test
  void anotherPlatformHasAnotherId() {
    assertThat(StateFolder.open(project.platform("demo")).id())
        .isNotEqualTo(StateFolder.open(project.platform("second")).id());
  }

  @Test
  void commandsNameAPlatformOnlyWhereItIsNotTheUsualOne() {
    assertThat(project.platform("demo").command("up")).isEqualTo("platform up");
    assertThat(project.platform("second").command("up")).isEqualTo("platform up --name second");

    StateFolder.open(project.platform("demo"));
    project.nameOwn("demo-1a2b");

    assertThat(project.usualName()).isEqualTo("demo-1a2b");
    assertThat(project.platform("demo-1a2b").command("up")).isEqualTo("platform up");
  }
}
