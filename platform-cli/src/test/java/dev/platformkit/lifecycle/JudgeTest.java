package dev.platformkit.lifecycle;

import static dev.platformkit.lifecycle.FakeEngine.container;
import static dev.platformkit.lifecycle.FakeEngine.ended;
import static dev.platformkit.lifecycle.FakeEngine.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.engine.Container;
import dev.platformkit.engine.Container.Health;
import dev.platformkit.engine.Container.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeTest {
  @TempDir Path root;
  private Shop shop;

  @BeforeEach
  void aShop() {
    shop = new Shop(root);
  }

  @Test
  void aServiceIsReadyWhenItAnswers() {
    assertThat(cause("nats", Optional.empty(), container("nats", State.RUNNING))).isEmpty();
  }

  @Test
  void aServiceThatAnswersBadlyIsToldByItsAnswer() {
    assertThat(cause("nats", Optional.of("answers 503"), container("nats", State.RUNNING)))
        .contains("answers 503");
  }

  @Test
  void whatEndedIsToldByItsExitCodeAndSignal() {
    assertThat(cause("nats", Optional.empty(), ended("nats", 137, false)))
        .contains("exited: exit code 137 (SIGKILL)");
  }

  @Test
  void whatRanOutOfMemoryIsToldWithItsLimitAndWhereItStands() {
    assertThat(cause("cart", Optional.empty(), ended("cart", 137, true)))
        .contains(
            "exited: out of memory, exit code 137 (SIGKILL); its mem_limit is 96m"
                + " (stacks/samples/compose.yaml:5:16)");
  }

  @Test
  void whatRunsOnceIsReadyWhenItIsDone() {
    assertThat(cause("seed", Optional.empty(), ended("seed", 0, false))).isEmpty();
    assertThat(cause("seed", Optional.empty(), ended("seed", 2, false)))
        .contains("exited: exit code 2");
    assertThat(cause("nats", Optional.empty(), ended("nats", 0, false)))
        .contains("exited: exit code 0");
  }

  @Test
  void aPausedContainerIsNotAsked() {
    assertThat(cause("nats", Optional.empty(), container("nats", State.PAUSED))).contains("paused");
  }

  @Test
  void aHealthCheckIsTakenAtItsWord() {
    Container cart = container("cart", State.RUNNING);

    assertThat(cause("cart", Optional.empty(), with(cart, Health.HEALTHY))).isEmpty();
    assertThat(cause("cart", Optional.empty(), with(cart, Health.UNHEALTHY)))
        .contains("its health check fails");
    assertThat(cause("cart", Optional.empty(), cart))
        .contains("it has no health check, which its x-platform.ready asks for");
  }

  @Test
  void withoutAContainerThatIsTheCause() {
    assertThat(
            new Judge((question, port) -> Optional.empty()).cause(shop.service("nats"), List.of()))
        .contains("it has no container");
  }

  private Optional<String> cause(String service, Optional<String> answer, Container container) {
    return new Judge((question, port) -> answer).cause(shop.service(service), List.of(container));
  }
}
