package dev.platformkit.lifecycle;

import static dev.platformkit.lifecycle.FakeEngine.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.engine.Container;
import dev.platformkit.engine.Container.State;
import dev.platformkit.problem.ExitCode;
import dev.platformkit.problem.Problem;
import dev.platformkit.source.EnvFile;
import dev.platformkit.stack.Assembly;
import dev.platformkit.stack.Variables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
  @TempDir Path root;
  private Assembly assembly;

  @BeforeEach
  void aShop() {
    assembly = new Shop(root).assembly("data");
    assembly.write();
  }

  @Test
  void aTakenPortIsToldWithItsHolderAndTheVariableThatDecidesIt() {
    assertThatThrownBy(
            () ->
                ports(List.of(), port -> false)
                    .requireFree(assembly.variables(Map.of()), port -> Optional.of("other-nats-1")))
        .hasMessage("port 4222 on 127.0.0.1 is taken by container other-nats-1")
        .isInstanceOfSatisfying(
            Problem.class,
            p -> {
              assertThat(p.exitCode()).isEqualTo(ExitCode.UNABLE);
              assertThat(p.details())
                  .containsExactly(
                      "wanted by: data/nats  (stacks/ports.env:1 NATS_PORT)",
                      "nothing was started");
              assertThat(p.tries())
                  .containsExactly("platform up --ports auto", "NATS_PORT=4223 platform up");
            });
  }

  @Test
  void aPortOfOurOwnRunningContainerIsNotTaken() {
    Container nats = container("nats", State.RUNNING);
    Variables variables = assembly.variables(Map.of("NATS_PORT", "20000"));

    ports(List.of(nats), port -> false).requireFree(variables, port -> Optional.empty());
  }

  @Test
  void chosenPortsAreRememberedAndStayWhileTheyAreFree() {
    ports(List.of(), port -> true).choose(Map.of());
    String first = chosen();
    ports(List.of(), port -> true).choose(Map.of());

    assertThat(first).matches("[23]\\d{4}");
    assertThat(chosen()).isEqualTo(first);

    ports(List.of(), port -> port != Integer.parseInt(first)).choose(Map.of());
    assertThat(chosen()).isNotEqualTo(first);
  }

  @Test
  void whatTheEnvironmentDecidesIsNotChosen() {
    ports(List.of(), port -> true).choose(Map.of("NATS_PORT", "4333"));

    assertThat(EnvFile.read(file(), "ports.env").values()).isEmpty();
  }

  private Ports ports(List<Container> own, IntPredicate free) {
    return new Ports(assembly, own, free);
  }

  private String chosen() {
    return EnvFile.read(file(), "ports.env").values().get("NATS_PORT");
  }

  private Path file() {
    return assembly.platform().state().resolve("ports.env");
  }
}
