package dev.platformkit.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.terminal.Console;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BuildProgressTest {
  private Instant now = Instant.EPOCH;

  @Test
  void oneLineSaysWhatRunsForHowLongAndWhatIsLeft() {
    try (BuildProgress progress = progress(120)) {
      progress.started("jaeger");
      progress.step("jaeger", "build 3/4");
      progress.started("nats");
      now = now.plusSeconds(130);
      progress.finished("nats");
      progress.started("elasticsearch");
      now = now.plusSeconds(40);

      assertThat(progress.line())
          .isEqualTo(
              "  images      ✓ 12 ready   ◌ jaeger 2m50s (build 3/4)   ◌ elasticsearch 40s"
                  + "   2 to go, about 2 min");
    }
  }

  @Test
  void aNarrowTerminalLosesDetailsAndNotTheEnd() {
    try (BuildProgress progress = progress(60)) {
      progress.started("jaeger");
      progress.step("jaeger", "build 3/4");
      progress.started("elasticsearch");

      assertThat(progress.line())
          .hasSizeLessThan(60)
          .startsWith("  images      ✓ 11 ready")
          .endsWith("3 to go, about 5 min");
    }
  }

  private BuildProgress progress(int width) {
    BuildGraph graph =
        new BuildGraph(
            List.of(task("jaeger"), task("nats"), task("elasticsearch")),
            name -> Optional.of(Duration.ofSeconds(name.equals("jaeger") ? 280 : 30)));
    Console console =
        new Console(
            new PrintWriter(new StringWriter()),
            new PrintWriter(new StringWriter()),
            false,
            false,
            false,
            true,
            width);
    return new BuildProgress(console, graph, 11, 3, () -> now);
  }

  private static Task task(String name) {
    return new Task(name, List.of(), true, Task.SHORT, (log, step) -> true);
  }
}
