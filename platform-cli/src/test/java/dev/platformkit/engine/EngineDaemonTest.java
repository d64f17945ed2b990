package dev.platformkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineDaemonTest {
  @Test
  void anEngineElsewhereHasNoDaemonHere() {
    assertThat(EngineDaemon.at("tcp://10.0.0.1:2375", Map.of())).isEmpty();
  }

  @Test
  void optionsComeFromTheEnvironment() {
    EngineDaemon daemon =
        EngineDaemon.at(
                "unix:///run/other.sock",
                Map.of(EngineDaemon.OPTIONS, "--storage-driver=vfs  --iptables=false"))
            .orElseThrow();

    assertThat(daemon.options()).containsExactly("--storage-driver=vfs", "--iptables=false");
    assertThat(daemon.log()).hasParentRaw(Path.of("/run"));
  }

  @Test
  void aDaemonThatWeDidNotStartIsNotStopped(@TempDir Path folder) {
    EngineDaemon daemon = daemon(folder);

    assertThat(daemon.ours()).isEmpty();
    assertThatThrownBy(daemon::stop)
        .isInstanceOf(Problem.class)
        .hasMessageContaining("was not started by platform");
  }

  @Test
  void aProcessThatOnlyHasTheSameNumberIsNotOurs(@TempDir Path folder) throws IOException {
    EngineDaemon daemon = daemon(folder);
    Files.writeString(daemon.record(), ProcessHandle.current().pid() + " 12345\n");

    assertThat(daemon.ours()).isEmpty();
  }

  @Test
  void aProcessThatWeWroteDownIsOurs(@TempDir Path folder) throws IOException {
    EngineDaemon daemon = daemon(folder);
    ProcessHandle self = ProcessHandle.current();
    long started = self.info().startInstant().orElseThrow().toEpochMilli();
    Files.writeString(daemon.record(), self.pid() + " " + started + "\n");

    assertThat(daemon.ours()).contains(self);
  }

  @Test
  void aRecordThatMakesNoSenseIsNobodys(@TempDir Path folder) throws IOException {
    EngineDaemon daemon = daemon(folder);
    Files.writeString(daemon.record(), "");

    assertThat(daemon.ours()).isEmpty();
  }

  private static EngineDaemon daemon(Path folder) {
    return new EngineDaemon(
        folder.resolve("docker.sock"),
        folder.resolve("dockerd"),
        folder.resolve("dockerd.log"),
        List.of());
  }
}
