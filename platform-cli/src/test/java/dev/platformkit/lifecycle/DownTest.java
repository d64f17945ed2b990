package dev.platformkit.lifecycle;

import static dev.platformkit.lifecycle.FakeEngine.container;
import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.engine.Container.State;
import dev.platformkit.engine.Volume;
import dev.platformkit.project.Platform;
import dev.platformkit.project.Secrets;
import dev.platformkit.project.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownTest {
  @TempDir Path root;
  private final FakeEngine engine = new FakeEngine();
  private Platform platform;

  @BeforeEach
  void aPlatform() {
    platform = new Shop(root).project.platform("demo");
    String id = StateFolder.open(platform).id();
    engine.put(container("nats", State.PAUSED));
    engine.put(container("dropped", State.EXITED));
    engine.volumes.add(new Volume("demo_nats", Map.of("dev.platformkit.state", id)));
  }

  @Test
  void everyContainerGoesAlsoOneThatNoFileNames() {
    Down down = Down.of(platform, engine);

    down.stop(engine, service -> {});

    assertThat(engine.actions)
        .contains("remove nats-id", "remove dropped-id", "remove network demo_platform")
        .containsSubsequence("unpause nats-id", "stop nats-id", "remove nats-id")
        .noneMatch(action -> action.contains("volume"));
    assertThat(down.otherOwner()).isEmpty();
  }

  @Test
  void whatKeepsSomethingOfTheOthersGoesWhenTheyAreGone() {
    engine.put(
        FakeEngine.with(
            container("keeper", State.RUNNING), Map.of("dev.platformkit.stop", "last")));

    Down.of(platform, engine).stop(engine, service -> {});

    assertThat(engine.actions)
        .containsSubsequence("remove nats-id", "stop keeper-id")
        .containsSubsequence("remove dropped-id", "stop keeper-id")
        .containsSubsequence("remove keeper-id", "remove network demo_platform");
  }

  @Test
  void withItsDataGoWhatSecretsWereMadeForItAndEvidenceStays() throws IOException {
    Path evidence = platform.state().resolve("verify/1.json");
    Files.createDirectories(evidence.getParent());
    Files.writeString(evidence, "{}");
    Secrets.ensure(platform, List.of(platform.secrets().resolve("password")));

    Down.of(platform, engine).delete(engine);

    assertThat(engine.actions).containsExactly("remove volume demo_nats");
    assertThat(platform.secrets()).doesNotExist();
    assertThat(StateFolder.idOf(platform)).isEmpty();
    assertThat(evidence).exists();
  }
}
