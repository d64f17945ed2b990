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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpTest {
  @TempDir Path root;
  private final FakeEngine engine = new FakeEngine();
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
        (question, port) -> Optional.empty());
  }
}
