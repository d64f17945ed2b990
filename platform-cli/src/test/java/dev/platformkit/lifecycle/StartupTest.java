package dev.platformkit.lifecycle;

import static dev.platformkit.lifecycle.FakeEngine.container;
import static dev.platformkit.lifecycle.FakeEngine.startedAt;
import static dev.platformkit.lifecycle.FakeEngine.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.platformkit.engine.Container.Health;
import dev.platformkit.engine.Container.State;
import dev.platformkit.problem.ExitCode;
import dev.platformkit.problem.Problem;
import dev.platformkit.stack.Assembly;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class StartupTest {
  private static final Duration LONG = Duration.ofSeconds(15);

  @TempDir Path root;
  private final FakeEngine engine = new FakeEngine();
  private final AtomicReference<Progress> shown = new AtomicReference<>();
  private Shop shop;

  @BeforeEach
  void aShop() {
    shop = new Shop(root);
  }

  @Test
  void itEndsWhenEveryServiceIsReady() {
    AtomicInteger asked = new AtomicInteger();
    Asker readyAtTheThirdQuestion =
        (question, port) -> asked.incrementAndGet() < 3 ? Optional.of("not yet") : Optional.empty();

    run("samples", readyAtTheThirdQuestion, LONG, () -> starts("cart"));
    run("data", readyAtTheThirdQuestion, LONG, () -> starts("nats"));

    assertThat(asked).hasValue(3);
    assertThat(shown.get().rows().get(0).cells())
        .extracting(cell -> cell.service() + " " + cell.mark())
        .containsExactly("nats READY", "seed READY", "grafana LEFT_OUT");
  }

  @Test
  void aContainerThatEndsByItselfEndsItAtOnceWithItsLastLines() {
    Problem problem =
        fails(
            LONG,
            () -> {
              starts("nats");
              engine.writes("nats", "{\"level\":\"fatal\",\"msg\":\"no such volume\"}");
              engine.dies("nats", 3);
            });

    assertThat(problem.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(problem.getMessage())
        .matches("nats stopped 0\\.\\d s after it started \\(exit 3\\), \\d\\.\\d s into up");
    assertThat(problem.details())
        .containsExactly(
            "stacks/data/compose.yaml:2  service nats", "last lines:", "  FATAL no such volume");
    assertThat(problem.tries()).contains("platform logs nats");
    assertThat(shown.get().rows().get(0).cells().get(0).mark()).isEqualTo(Progress.Mark.FAILED);
  }

  @Test
  void memoryThatRanOutIsEstablishedAsTheCause() {
    Problem problem =
        fails(
            LONG,
            () -> {
              starts("nats");
              engine.happens("nats", "oom");
              engine.dies("nats", 137);
            });

    assertThat(problem.getMessage()).contains("(out of memory)");
    assertThat(problem.details())
        .contains(
            "why: out of memory, exit code 137 (SIGKILL); its mem_limit is 64m"
                + " (stacks/data/compose.yaml:7:16)");
  }

  @Test
  void aContainerThatIsReplacedOrRestartedDidNotCrash() {
    run(
        "data",
        (question, port) -> Optional.empty(),
        LONG,
        () -> {
          starts("nats");
          engine.happens("nats", "kill");
          engine.dies("nats", 143);
          engine.happens("nats", "start");
        });
  }

  @Test
  void whatDoesNotRunAfterTheStartIsToldThoughNobodySawItEnd() {
    Problem problem =
        fails(
            LONG,
            () -> {
              starts("nats");
              engine.put(FakeEngine.ended("nats", 1, false));
            });

    assertThat(problem.getMessage()).startsWith("nats stopped").contains("(exit 1)");
  }

  @Test
  void atTheDeadlineTheLastAnswerIsTold() {
    Problem problem = fails(Duration.ofSeconds(2), () -> starts("nats"));

    assertThat(problem.getMessage()).isEqualTo("1 of 2 services not ready after 2.0 s");
    assertThat(problem.details())
        .containsSubsequence(
            "stacks/data/compose.yaml:2  service nats",
            "  waited for: 2xx from port 8080 /healthz",
            "  last seen:  answers 503");
  }

  @Test
  void anAnswerOfTheContainerThatWasReplacedDoesNotCount() {
    AtomicInteger asked = new AtomicInteger();
    CountDownLatch oldOneIsAsked = new CountDownLatch(1);
    CountDownLatch replaced = new CountDownLatch(1);
    Asker onlyTheOldOneAnswers =
        (question, port) -> {
          if (asked.getAndIncrement() > 0) {
            return Optional.of("answers 503");
          }
          oldOneIsAsked.countDown();
          await(replaced);
          return Optional.empty();
        };
    engine.put(container("nats", State.RUNNING));
    engine.put(FakeEngine.ended("seed", 0, false));

    Problem problem =
        catchThrowableOfType(
            Problem.class,
            () ->
                run(
                    "data",
                    onlyTheOldOneAnswers,
                    Duration.ofMillis(900),
                    () -> {
                      await(oldOneIsAsked);
                      engine.change("nats", c -> startedAt(c, Instant.now()));
                      replaced.countDown();
                    }));

    assertThat(problem.getMessage()).contains("not ready");
  }

  @Test
  void aHealthCheckThatPassesLaterIsSeenByItsEvent() {
    run(
        "samples",
        (question, port) -> Optional.of("not asked"),
        LONG,
        () -> {
          engine.put(with(container("cart", State.RUNNING), Health.STARTING));
          engine.happens("cart", "start");
          engine.change("cart", c -> with(c, Health.HEALTHY));
          engine.happens("cart", "health_status: healthy");
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(15, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void starts(String service) {
    engine.put(
        with(
            startedAt(container(service, State.RUNNING), Instant.now()),
            service.equals("cart") ? Health.HEALTHY : Health.NONE));
    engine.happens(service, "start");
    if (service.equals("nats")) {
      engine.put(FakeEngine.ended("seed", 0, false));
    }
  }

  private Problem fails(Duration timeout, Runnable starter) {
    return catchThrowableOfType(
        Problem.class,
        () -> run("data", (question, port) -> Optional.of("answers 503"), timeout, starter));
  }

  private void run(String stack, Asker asker, Duration timeout, Runnable starter) {
    Assembly assembly = shop.assembly(stack);
    var unused =
        new Startup(engine, assembly, List.copyOf(assembly.services()), asker, shown::set, timeout)
            .run(starter);
  }
}
