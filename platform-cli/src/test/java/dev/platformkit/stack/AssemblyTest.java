package dev.platformkit.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.project.ImageSource;
import dev.platformkit.project.Platform;
import dev.platformkit.project.Project;
import dev.platformkit.project.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssemblyTest {
  @TempDir Path root;
  private Project project;
  private Platform platform;

  @BeforeEach
  void aProject() throws IOException {
    project = new Project(root, "demo", List.of("data", "dashboards"), ImageSource.AUTO);
    platform = project.platform("demo");
    write("stacks/ports.env", "NATS_PORT=4222\n");
    write("stacks/data/compose.yaml", "services: { nats: { image: n } }");
    write(
        "stacks/dashboards/compose.yaml",
        "services: { grafana: { image: g, profiles: [official] }, nginx: { image: n } }");
  }

  @Test
  void theComposeFileIsAListOfTheStacksFiles() {
    assertThat(assembly(false).compose())
        .isEqualTo(
            """
            # Written by platform up. By hand: docker compose -f .platform/demo/compose.yaml up -d
            name: demo
            include:
              - path: ../../stacks/data/compose.yaml
                env_file: [images.env, ../../stacks/ports.env, ports.env, platform.env]
              - path: ../../stacks/dashboards/compose.yaml
                env_file: [images.env, ../../stacks/ports.env, ports.env, platform.env]
            """);
  }

  @Test
  void aStackAddsToAnotherWhereBothAreChosen() throws IOException {
    write("stacks/data/with.dashboards.yaml", "services: { nginx: { tmpfs: [/tmp] } }");
    write("stacks/data/with.logging.yaml", "services: { filebeat: { tmpfs: [/tmp] } }");

    assertThat(assembly(false).compose())
        .contains("- path: ../../stacks/data/compose.yaml\n")
        .contains(
            "- path: [../../stacks/dashboards/compose.yaml,"
                + " ../../stacks/data/with.dashboards.yaml]\n")
        .doesNotContain("logging");
    assembly(false).write();
    assertThat(Assembly.lastStacks(platform)).containsExactly("data", "dashboards");
  }

  @Test
  void whatWasWrittenIsReadBack() {
    assembly(true).write();

    Assembly last = Assembly.last(project, platform).orElseThrow();

    assertThat(last.stacks()).extracting(Stack::name).containsExactly("data", "dashboards");
    assertThat(last.official()).isTrue();
  }

  @Test
  void writingAgainChangesNoFile() throws IOException {
    assembly(false).write();
    var before = Files.getLastModifiedTime(platform.composeFile());
    String id = StateFolder.open(platform).id();

    assembly(false).write();

    assertThat(Files.getLastModifiedTime(platform.composeFile())).isEqualTo(before);
    assertThat(StateFolder.open(platform).id()).isEqualTo(id).hasSize(16);
    assertThat(root.resolve(".platform/.gitignore")).hasContent("*");
  }

  @Test
  void aJobIsNoServiceOfThePlatformAndNotLeftOutEither() throws IOException {
    write(
        "stacks/data/compose.yaml",
        "services: { nats: { image: n }, backup: { image: b, profiles: [jobs] } }");

    assertThat(assembly(false).services()).extracting(Service::name).doesNotContain("backup");
    assertThat(assembly(false).leftOut()).extracting(Service::name).containsExactly("grafana");
    assertThat(assembly(false).jobs()).extracting(Service::name).containsExactly("backup");
  }

  @Test
  void whatExistsOnlyAsAnOfficialImageIsLeftOutOtherwise() {
    assertThat(assembly(true).services()).extracting(Service::name).contains("grafana");
    assertThat(assembly(false).services())
        .extracting(Service::name)
        .containsExactly("nats", "nginx");
    assertThat(assembly(false).leftOut()).extracting(Service::name).containsExactly("grafana");
  }

  @Test
  void generatedPortsWinOverThoseOfTheProject() {
    assembly(false).write();
    StateFolder.write(platform.state().resolve("ports.env"), "NATS_PORT=20001\n");

    assertThat(assembly(false).variables(Map.of()).value("NATS_PORT")).contains("20001");
    assertThat(assembly(false).variables(Map.of()).value("PLATFORM_NAME")).contains("demo");
  }

  private Assembly assembly(boolean official) {
    return new Assembly(project, platform, Stack.choose(project, List.of()), official);
  }

  private void write(String file, String content) throws IOException {
    Files.createDirectories(root.resolve(file).getParent());
    Files.writeString(root.resolve(file), content);
  }
}
