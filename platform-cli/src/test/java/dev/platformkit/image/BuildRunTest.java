package dev.platformkit.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.platformkit.problem.Problem;
import dev.platformkit.terminal.Console;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildRunTest {
  @TempDir Path folder;
  private final StringWriter told = new StringWriter();
  private final List<String> done = Collections.synchronizedList(new ArrayList<>());

  @Test
  void tasksRunAfterWhatTheyNeed() {
    run(2, task("consul", "go"), task("go", "base"), task("base"));

    assertThat(done).containsExactly("base", "go", "consul");
  }

  @Test
  void tasksThatDoNotNeedEachOtherRunAtOnce() {
    CountDownLatch both = new CountDownLatch(2);
    Task.Work meet =
        (log, step) -> {
          both.countDown();
          return meets(both);
        };

    run(
        2,
        new Task("a", List.of(), true, Task.SHORT, meet),
        new Task("b", List.of(), true, Task.SHORT, meet));

    assertThat(both.getCount()).isZero();
  }

  @Test
  void eachTaskHasALogOfItsOwn() {
    run(1, new Task("a", List.of(), true, Task.SHORT, (log, step) -> says(log, "hello")));

    assertThat(folder.resolve("logs/a.log")).hasContent("hello");
  }

  @Test
  void aFailureShowsTheLastLinesAndWhereTheLogIs() {
    Task fails =
        new Task(
            "a",
            List.of(),
            true,
            Task.SHORT,
            (log, step) -> {
              log.accept("no space left on device");
              throw Problem.unable("a cannot be built");
            });

    Problem problem = catchThrowableOfType(Problem.class, () -> run(1, fails, task("b", "a")));

    assertThat(problem).hasMessage("a cannot be built");
    assertThat(problem.details())
        .contains("  no space left on device", "whole log: " + folder.resolve("logs/a.log"));
    assertThat(done).isEmpty();
  }

  @Test
  void aFailureEndsWhatStillRuns() {
    CountDownLatch runs = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    Task slow =
        new Task(
            "slow",
            List.of(),
            true,
            Task.SHORT,
            (log, step) -> {
              runs.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                ended.set(true);
              }
              return true;
            });
    Task fails =
        new Task(
            "fails",
            List.of(),
            true,
            Task.SHORT,
            (log, step) -> {
              meets(runs);
              throw Problem.unable("broken");
            });

    assertThatThrownBy(() -> run(2, slow, fails)).hasMessage("broken");

    assertThat(ended).isTrue();
  }

  @Test
  void withoutATerminalEachStartAndEndIsALine() {
    run(1, task("base"), task("nats", "base"));

    assertThat(told.toString().replaceAll("\\d+\\.\\ds", "0.0s"))
        .isEqualTo(
            """
              images      ◌ base
              images      ✓ base 0.0s   1 to go
              images      ◌ nats
              images      ✓ nats 0.0s   0 to go
            """
                .indent(2)
                .replaceAll("(?m)^ {2}(?= {2})", ""));
  }

  private void run(int slots, Task... tasks) {
    BuildTimes times = BuildTimes.read(folder.resolve("times"));
    BuildGraph graph = new BuildGraph(List.of(tasks), name -> java.util.Optional.empty());
    Console console =
        new Console(
            new PrintWriter(new StringWriter()),
            new PrintWriter(told),
            false,
            false,
            false,
            true,
            100);
    try (BuildProgress progress = new BuildProgress(console, graph, 0, slots, Instant::now)) {
      new BuildRun(graph, times, folder.resolve("logs"), slots).run(progress);
    }
  }

  private Task task(String name, String... needs) {
    return new Task(name, List.of(needs), true, Task.SHORT, (log, step) -> done.add(name));
  }

  private static boolean says(java.util.function.Consumer<String> log, String line) {
    log.accept(line);
    return true;
  }

  private static boolean meets(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
