package dev.platformkit.lifecycle;

import static dev.platformkit.lifecycle.FakeEngine.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.engine.Container.State;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.Platform;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LogsTest {
  private final FakeEngine engine = new FakeEngine();
  private final Platform platform = new Platform(Path.of("/p"), "demo", true);

  @BeforeEach
  void twoContainers() {
    engine.put(container("cart", State.RUNNING));
    engine.put(container("product", State.RUNNING));
    engine.writes("cart", "one");
    engine.writes("product", "two {\"trace.id\":\"4bf9\"}");
    engine.writes("cart", "three");
  }

  @Test
  void linesOfSeveralContainersComeInTheOrderOfTime() {
    assertThat(Logs.of(engine, platform, List.of()).since(Instant.EPOCH, line -> true))
        .extracting(e -> e.source() + " " + e.line().text().substring(0, 3))
        .containsExactly("cart one", "product two", "cart thr");
  }

  @Test
  void onlyTheLastLinesComeWhenNoMoreAreWanted() {
    assertThat(Logs.of(engine, platform, List.of()).last(1))
        .extracting(e -> e.line().text())
        .containsExactly("three");
  }

  @Test
  void oneServiceIsRead() {
    assertThat(Logs.of(engine, platform, List.of("product")).last(9)).hasSize(1);
  }

  @Test
  void anUnknownServiceIsToldWithTheNearest() {
    assertThatThrownBy(() -> Logs.of(engine, platform, List.of("produkt")))
        .hasMessage("there is no service \"produkt\" in demo")
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.details()).contains("did you mean \"product\"?"));
  }

  @Test
  @Timeout(10)
  void whatIsWrittenLaterFollowsUntilTheReaderWantsNoMore() {
    List<String> read = new ArrayList<>();
    Logs logs = Logs.of(engine, platform, List.of());

    Thread writer =
        new Thread(
            () -> {
              for (int i = 0; i < 10_000 && !Thread.currentThread().isInterrupted(); i++) {
                engine.writes("cart", "line " + i);
                Thread.onSpinWait();
              }
            });
    writer.start();
    logs.follow(
        Instant.now(),
        line -> line.text().startsWith("line"),
        entry -> {
          read.add(entry.line().text());
          return read.size() < 3;
        });
    writer.interrupt();

    assertThat(read)
        .hasSize(3)
        .isSubsetOf(
            engine.logs("cart-id", Instant.EPOCH).stream().map(line -> line.text()).toList());
  }
}
