package dev.platformkit.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.problem.Problem;
import dev.platformkit.project.Platform;
import dev.platformkit.report.Runs;
import dev.platformkit.terminal.Console;
import dev.platformkit.verify.Check;
import dev.platformkit.verify.Evidence;
import dev.platformkit.verify.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
  @TempDir private Path root;
  private final StringWriter out = new StringWriter();
  private final Deque<Evidence> runs = new ArrayDeque<>();
  private KeptRuns kept;

  @BeforeEach
  void nothingKept() {
    kept = new KeptRuns(new Platform(root, "demo", true));
  }

  @AfterEach
  void nobodyIsInterrupted() {
    Thread.interrupted();
  }

  @Test
  void eachRunIsALineAndWhatChangedStandsBelow() {
    runs.add(run("aa11", Verdict.PASS));
    runs.add(run("bb22", Verdict.FAIL));
    runs.add(run("cc33", Verdict.PASS));

    assertThat(watch(false)).isZero();

    assertThat(out.toString().replaceAll("(?m)^\\d\\d:\\d\\d:\\d\\d ", ""))
        .isEqualTo(
            """
            aa11 PASS in 1.0 s: 1 passed, 0 failed, 0 inconclusive, 0 left out
            bb22 FAIL in 1.0 s: 0 passed, 1 failed, 0 inconclusive, 0 left out
              ✗ logs/exact · shopping: pass → fail
                  seen
            cc33 PASS in 1.0 s: 1 passed, 0 failed, 0 inconclusive, 0 left out
              ✓ logs/exact · shopping: fail → pass
            """);
  }

  @Test
  void itExitsAsItsLastRun() {
    runs.add(run("aa11", Verdict.PASS));
    runs.add(run("bb22", Verdict.FAIL));

    assertThat(watch(false)).isEqualTo(1);
  }

  @Test
  void ofRunsThatAreAlikeTheLastIsKept() throws IOException {
    runs.add(run("aa11", Verdict.PASS));
    runs.add(run("bb22", Verdict.PASS));
    runs.add(run("cc33", Verdict.PASS));
    runs.add(run("dd44", Verdict.FAIL));

    watch(false);

    try (Stream<Path> files = Files.list(root.resolve(".platform/demo/verify"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("cc33.json", "dd44.json");
    }
  }

  @Test
  void onATerminalTheLastChangeStaysInSight() {
    runs.add(run("aa11", Verdict.FAIL));
    runs.add(run("bb22", Verdict.PASS));
    runs.add(run("cc33", Verdict.PASS));

    watch(true);

    String screen = out.toString().substring(out.toString().lastIndexOf("\033[H"));
    assertThat(screen).contains("run cc33").contains("changed at").contains("fail → pass");
  }

  @Test
  void aPlatformThatCannotBeJudgedEndsIt() {
    Watch watch =
        new Watch(
            console(false),
            kept,
            () -> {
              throw Problem.unable("the platform demo does not run");
            });

    assertThatThrownBy(() -> watch.every(Duration.ofSeconds(1))).isInstanceOf(Problem.class);
  }

  /** Watches until the runs are used up; the last is followed by an interruption. */
  private int watch(boolean interactive) {
    Watch watch =
        new Watch(
            console(interactive),
            kept,
            () -> {
              Evidence evidence = runs.remove();
              kept.keep(evidence);
              if (runs.isEmpty()) {
                Thread.currentThread().interrupt();
              }
              return evidence;
            });
    return watch.every(Duration.ofMillis(1));
  }

  private Console console(boolean interactive) {
    PrintWriter writer = new PrintWriter(out);
    return new Console(writer, writer, interactive, false, false, true, 120);
  }

  private static Evidence run(String nonce, Verdict verdict) {
    Check check = Runs.check("logs/exact", verdict, "shopping", "seen");
    return new Evidence(
        nonce,
        Runs.STARTED,
        Duration.ofSeconds(1),
        verdict,
        new Evidence.Subject("demo", List.of(), Map.of()),
        List.of(),
        List.of(check));
  }
}
