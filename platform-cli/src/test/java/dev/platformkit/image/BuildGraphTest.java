package dev.platformkit.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BuildGraphTest {
  private static final Map<String, Integer> SECONDS =
      Map.of("base", 20, "go", 10, "nats", 5, "jaeger", 280, "consul", 146);

  private final BuildGraph graph =
      new BuildGraph(
          List.of(
              task("base"),
              task("nats", "base"),
              task("go", "base"),
              task("consul", "go"),
              task("jaeger", "go")),
          name -> Optional.ofNullable(SECONDS.get(name)).map(Duration::ofSeconds));

  @Test
  void nothingStartsBeforeWhatItIsBuiltOn() {
    assertThat(graph.startable(Set.of(), Set.of())).extracting(Task::name).containsExactly("base");
    assertThat(graph.startable(Set.of("base"), Set.of())).isEmpty();
  }

  @Test
  void theLongestWayStartsFirst() {
    assertThat(graph.startable(Set.of("base"), Set.of("base")))
        .extracting(Task::name)
        .containsExactly("go", "nats");
    assertThat(graph.startable(Set.of("base", "go", "nats"), Set.of("base", "go", "nats")))
        .extracting(Task::name)
        .containsExactly("jaeger", "consul");
  }

  @Test
  void whatWasNeverTimedStartsByItsGuess() {
    BuildGraph cold =
        new BuildGraph(
            List.of(
                task("nats"),
                task("go"),
                new Task("jaeger", List.of("go"), true, Task.LONG, (log, step) -> true)),
            name -> Optional.empty());

    assertThat(cold.startable(Set.of(), Set.of()))
        .extracting(Task::name)
        .containsExactly("go", "nats");
  }

  @Test
  void theLongestChainIsHowLongItTakes() {
    assertThat(graph.estimate(Set.of(), Map.of(), 3)).contains(Duration.ofSeconds(310));
  }

  @Test
  void withOneSlotEverythingAddsUp() {
    assertThat(graph.estimate(Set.of(), Map.of(), 1)).contains(Duration.ofSeconds(461));
  }

  @Test
  void whatRanAlreadyIsTakenOff() {
    assertThat(
            graph.estimate(
                Set.of("base", "go", "nats", "consul"),
                Map.of("jaeger", Duration.ofSeconds(200)),
                3))
        .contains(Duration.ofSeconds(80));
  }

  @Test
  void thereIsNoEstimateForWhatWasNeverTimed() {
    assertThat(
            new BuildGraph(List.of(task("new")), name -> Optional.empty())
                .estimate(Set.of(), Map.of(), 3))
        .isEmpty();
  }

  @Test
  void aCircleIsToldInsteadOfWaitedFor() {
    BuildGraph circle =
        new BuildGraph(List.of(task("a", "b"), task("b", "a")), name -> Optional.empty());

    assertThatThrownBy(circle::checked).isInstanceOf(Problem.class).hasMessageContaining("circle");
  }

  private static Task task(String name, String... needs) {
    return new Task(name, List.of(needs), true, Task.SHORT, (log, step) -> true);
  }
}
