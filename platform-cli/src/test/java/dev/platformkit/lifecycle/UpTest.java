package dev.platformkit.lifecycle;

import static dev.platformkit.lifecycle.FakeEngine.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.engine.Container;
import dev.platformkit.engine.Container.State;
import dev.platformkit.engine.Volume;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.StateFolder;
import dev.platformkit.stack.Assembly;
import dev.platformkit.stack.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpTest {
  @TempDir Path root;
  private final FakeEngine engine = new FakeEngine();
  private final List<String> reloads = new ArrayList<>();
  private Optional<String> refusal = Optional.empty();
  private Shop shop;

  @BeforeEach
  void aRunningShop() {
    shop = new Shop(root);
    shop.assembly().write();
    engine.put(container("nats", State.RUNNING));
    engine.put(FakeEngine.ended("seed", 0, false));
  }

  @Test
  void onARunningPlatformNothingIsDone() {
    Up.Outcome outcome = up();

    assertThat(outcome.started()).isEmpty();
    assertThat(outcome.services()).isEqualTo(2);
    assertThat(outcome.memory()).contains(2L << 20);
    assertThat(engine.actions).isEmpty();
  }

  @Test
  void whatMountsAFileThatChangedSinceItsStartIsRestartedOnce() {
    up();
    shop.write("stacks/data/nats.conf", "a: 2\n");

    Up.Outcome changed = up();
    Up.Outcome unchanged = up();

    assertThat(changed.restarted()).isEqualTo(Map.of("nats", "stacks/data/nats.conf"));
    assertThat(changed.started()).containsExactly("nats");
    assertThat(engine.actions).containsExactly("restart nats-id");
    assertThat(unchanged.restarted()).isEmpty();
  }

  @Test
  void aServerThatCanReadItsFilesAgainIsToldTo() {
    natsReadsItsFilesAgain();
    up();
    shop.write("stacks/data/conf/nats.conf", "a: 2\n");

    Up.Outcome changed = up();
    Up.Outcome unchanged = up();

    assertThat(changed.reloaded()).isEqualTo(Map.of("nats", "stacks/data/conf/nats.conf"));
    assertThat(changed.restarted()).isEmpty();
    assertThat(reloads).containsExactly("/reload at 20000");
    assertThat(unchanged.reloaded()).isEmpty();
    assertThat(engine.actions).isEmpty();
  }

  @Test
  void aFileThatIsMountedByItselfIsSeenOnlyByAContainerThatIsStartedAnew() {
    natsReadsItsFilesAgain("./nats.conf:/etc/nats.conf:ro");
    up();
    shop.write("stacks/data/nats.conf", "a: 2\n");

    Up.Outcome changed = up();

    assertThat(changed.restarted()).isEqualTo(Map.of("nats", "stacks/data/nats.conf"));
    assertThat(reloads).isEmpty();
  }

  @Test
  void aServerThatRefusesItsFilesIsToldAgainNextTime() {
    natsReadsItsFilesAgain();
    up();
    shop.write("stacks/data/conf/nats.conf", "nonsense");
    refusal = Optional.of("answers 500 no such key");

    for (int attempt = 1; attempt <= 2; attempt++) {
      assertThatThrownBy(this::up)
          .hasMessage("nats refused what was changed, and goes on as before")
          .isInstanceOfSatisfying(
              Problem.class,
              p ->
                  assertThat(p.details())
                      .contains(
                          "changed: stacks/data/conf/nats.conf",
                          "it says: answers 500 no such key"));
      assertThat(reloads).hasSize(attempt);
    }
  }

  @Test
  void aContainerThatSomebodyElseStartedBeforeAFileChangedIsRestarted() throws IOException {
    Files.setLastModifiedTime(
        root.resolve("stacks/data/nats.conf"), FileTime.from(Instant.now().plusSeconds(60)));

    assertThat(up().restarted()).isEqualTo(Map.of("nats", "stacks/data/nats.conf"));
  }

  @Test
  void whatIsPausedGoesOn() {
    engine.put(container("nats", State.PAUSED));

    Up.Outcome outcome = up();

    assertThat(engine.actions).containsExactly("unpause nats-id");
    assertThat(outcome.started()).containsExactly("nats");
  }

  @Test
  void whatRestartsAgainAndAgainIsReplaced() {
    engine.put(container("nats", State.RESTARTING));

    up(() -> engine.put(container("nats", State.RUNNING)));

    assertThat(engine.actions).containsExactly("remove nats-id");
  }

  @Test
  void dataOfAnotherFolderIsNotTouched() {
    engine.volumes.add(new Volume("demo_nats", Map.of("dev.platformkit.state", "theirs")));

    assertThatThrownBy(
            () -> Up.requireOurs(shop.project.platform("demo"), engine.containers("demo"), engine))
        .hasMessageStartingWith("demo belongs to another project folder")
        .isInstanceOfSatisfying(
            Problem.class,
            p -> {
              assertThat(p.details()).contains("volumes: demo_nats");
              assertThat(p.tries()).anyMatch(t -> t.startsWith("platform down --volumes"));
            });
  }

  @Test
  void containersOfAnotherFolderAreNotTouched() {
    engine.put(
        FakeEngine.with(
            container("nats", State.RUNNING),
            Map.of("com.docker.compose.project.working_dir", "/other/shop/.platform/demo")));

    assertThatThrownBy(
            () -> Up.requireOurs(shop.project.platform("demo"), engine.containers("demo"), engine))
        .hasMessage("demo belongs to the project in /other/shop");
  }

  @Test
  void dataOfThisFolderIsOurs() {
    String id = StateFolder.open(shop.project.platform("demo")).id();
    engine.volumes.add(new Volume("demo_nats", Map.of("dev.platformkit.state", id)));

    Up.requireOurs(shop.project.platform("demo"), engine.containers("demo"), engine);
  }

  @Test
  void composeIsToldTheServicesWhereOthersStayAsTheyAre() {
    Assembly assembly = shop.assembly();
    List<Service> data =
        assembly.services().stream().filter(s -> !s.name().equals("cart")).toList();

    assertThat(new ComposeUp(assembly, data, line -> {}, () -> {}).arguments())
        .endsWith("nats", "seed")
        .doesNotContain("--remove-orphans");
    assertThat(new ComposeUp(assembly, assembly.services(), line -> {}, () -> {}).arguments())
        .endsWith("--remove-orphans");
  }

  private void natsReadsItsFilesAgain() {
    natsReadsItsFilesAgain("./conf:/etc/nats:ro");
    shop.write("stacks/data/conf/nats.conf", "a: 1\n");
  }

  private void natsReadsItsFilesAgain(String mount) {
    shop.write(
        "stacks/data/compose.yaml",
        """
        services:
          nats:
            image: n
            ports: ["127.0.0.1:${NATS_PORT}:4222"]
            volumes: ["MOUNT"]
            x-platform:
              ready: { http: 8080, path: /healthz }
              reload: { http: 8080, path: /reload }
        """
            .replace("MOUNT", mount));
  }

  private Up.Outcome up() {
    return up(() -> {});
  }

  private Up.Outcome up(Runnable starter) {
    Assembly assembly = shop.assembly("data");
    Up up = new Up(engine, assembly, assembly.services(), line -> {});
    List<Container> before = engine.containers("demo");
    up.heal(before);
    return up.run(
        before,
        assembly.variables(Map.of()),
        Duration.ofSeconds(10),
        progress -> {},
        starter,
        (question, port) -> Optional.empty(),
        (how, port) -> {
          reloads.add(how.path() + " at " + port);
          return refusal;
        });
  }
}
