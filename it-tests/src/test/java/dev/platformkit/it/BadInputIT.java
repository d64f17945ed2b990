package dev.platformkit.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input is told with file and line, or with who is in the way; and it changes nothing. */
class BadInputIT {
  @TempDir Path project;

  @BeforeEach
  void aCopyOfTheProject() throws IOException {
    for (String part :
        List.of("platform.yaml", "stacks", "alert-rules", "dashboards", "filebeat")) {
      copy(Cli.ROOT.resolve(part), project.resolve(part));
    }
  }

  @Test
  void anUnknownKeyInPlatformYaml() throws IOException {
    Files.writeString(project.resolve("platform.yaml"), "name: demo\nstack: [data]\n");

    Cli.Result up = Cli.in(project).run("up", "--yes");

    assertThat(up.exit()).as(up.toString()).isEqualTo(2);
    assertThat(up.err()).contains("platform.yaml:2:1").contains("stack").contains("stacks");
    assertThat(project.resolve(".platform")).doesNotExist();
  }

  @Test
  void aComposeFileThatIsNoYaml() throws IOException {
    Files.writeString(project.resolve("stacks/data/compose.yaml"), "services:\n  postgres: [\n");

    Cli.Result up = Cli.in(project).run("up", "data", "--yes");

    assertThat(up.exit()).as(up.toString()).isEqualTo(2);
    assertThat(up.err()).containsPattern("stacks/data/compose.yaml:\\d+");
  }

  @Test
  void aMountWhoseSourceIsMissing() throws IOException {
    Files.delete(project.resolve("filebeat/filebeat.yml"));

    Cli.Result up = Cli.in(project).run("up", "logging", "--yes");

    assertThat(up.exit()).as(up.toString()).isEqualTo(2);
    assertThat(up.err())
        .containsPattern("stacks/logging/compose.yaml:\\d+")
        .contains("filebeat.yml");
  }

  @Test
  void aPortThatIsTakenNamesItsHolder() throws IOException {
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Cli.Result up =
          Cli.in(project)
              .with("NATS_PORT", Integer.toString(holder.getLocalPort()))
              .run("up", "data", "--yes", "--name", "it-taken", "--images", "local");

      assertThat(up.exit()).as(up.toString()).isEqualTo(3);
      assertThat(up.err())
          .contains(Integer.toString(holder.getLocalPort()))
          .contains("pid " + ProcessHandle.current().pid())
          .contains("NATS_PORT");
      assertThat(RunningPlatform.containers("it-taken")).isEmpty();
    }
  }

  @Test
  void aStackThatDoesNotExist() {
    Cli.Result up = Cli.in(project).run("up", "metricz", "--yes");

    assertThat(up.exit()).as(up.toString()).isEqualTo(2);
    assertThat(up.err()).contains("metricz").contains("metrics");
  }

  @Test
  void aFolderThatIsNoProject(@TempDir Path empty) {
    Cli.Result up = Cli.in(empty).run("up");

    assertThat(up.exit()).as(up.toString()).isEqualTo(2);
    assertThat(up.err()).contains("platform.yaml");
  }

  static void copy(Path from, Path to) throws IOException {
    try (var paths = Files.walk(from)) {
      for (Path source : (Iterable<Path>) paths::iterator) {
        if (source.startsWith(Cli.ROOT.resolve("stacks/images/elasticsearch/target"))) {
          continue;
        }
        Path target = to.resolve(from.relativize(source).toString());
        if (Files.isDirectory(source)) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(source, target);
        }
      }
    }
  }
}
