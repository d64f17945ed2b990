package dev.platformkit.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is taken down is gone, and data is deleted only when that was meant. */
class DownIT {
  private static final String NAME = RunningPlatform.NAME + "-down";

  private final DockerClient docker = RunningPlatform.docker();

  @BeforeEach
  void aSmallPlatform() {
    Cli.Result up = run("up", "data", "--yes", "--ports", "auto");
    assertThat(up.exit()).as(up.toString()).isZero();
  }

  @AfterEach
  void clear() {
    run("down", "--volumes", "--yes");
  }

  @Test
  void downWithVolumesLeavesNothingBehind() {
    Cli.Result down = run("down", "--volumes", "--yes");

    assertThat(down.exit()).as(down.toString()).isZero();
    assertThat(RunningPlatform.containers(NAME)).isEmpty();
    assertThat(volumes()).isEmpty();
    assertThat(docker.listNetworksCmd().withNameFilter(NAME + "_platform").exec()).isEmpty();
  }

  @Test
  void downKeepsTheData() {
    Cli.Result down = run("down");

    assertThat(down.exit()).as(down.toString()).isZero();
    assertThat(RunningPlatform.containers(NAME)).isEmpty();
    assertThat(volumes()).isNotEmpty();
  }

  @Test
  void dataIsNotDeletedWithoutConsent() {
    Cli.Result down = run("down", "--volumes");

    assertThat(down.exit()).as(down.toString()).isEqualTo(3);
    assertThat(down.err()).contains("--yes");
    assertThat(RunningPlatform.containers(NAME)).isNotEmpty();
    assertThat(volumes()).isNotEmpty();
  }

  private List<?> volumes() {
    return docker
        .listVolumesCmd()
        .withFilter("label", List.of("com.docker.compose.project=" + NAME))
        .exec()
        .getVolumes();
  }

  private static Cli.Result run(String... args) {
    return Cli.platform(NAME, args);
  }
}
