package dev.platformkit.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.problem.Problem;
import dev.platformkit.project.Platform;
import dev.platformkit.report.Runs;
import dev.platformkit.verify.Evidence;
import dev.platformkit.verify.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptRunsTest {
  @TempDir private Path root;
  private KeptRuns runs;

  @BeforeEach
  void threeRuns() {
    runs = new KeptRuns(new Platform(root, "demo", true));
    runs.keep(run("aa11", 2));
    runs.keep(run("ab22", 9));
    runs.keep(run("cc33", 5));
  }

  @Test
  void aRunIsFoundByItsNameOrTheBeginningOfItOrItsPlaceInTime() {
    assertThat(found("aa11")).isEqualTo("aa11");
    assertThat(found("c")).isEqualTo("cc33");
    assertThat(found("last")).isEqualTo("ab22");
    assertThat(found("previous")).isEqualTo("cc33");
  }

  @Test
  void aRunIsFoundByItsFileWhereverThatIs() throws IOException {
    Path elsewhere = Files.copy(file("aa11"), root.resolve("elsewhere.json"));

    assertThat(found(elsewhere.toString())).isEqualTo("aa11");
    assertThat(runs.shown(elsewhere)).isEqualTo("elsewhere.json");
  }

  @Test
  void aNameThatIsAlmostRightIsRecognised() {
    assertThatThrownBy(() -> runs.named("aa12"))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("there is no run \"aa12\"");
    assertThat(problem("aa12").details()).contains("did you mean \"aa11\"?");
    assertThat(problem("lats").details()).contains("did you mean \"last\"?");
    assertThat(problem("").details()).last().asString().contains("ab22, cc33, aa11");
  }

  @Test
  void aBeginningOfSeveralSaysWhich() {
    assertThat(problem("a")).hasMessageContaining("2 runs begin with \"a\"");
    assertThat(problem("a").details()).containsExactly("there is: last, ab22, aa11");
  }

  @Test
  void aFileThatWasCutOffIsNoRun() throws IOException {
    Files.writeString(file("dd44"), "{\"schema\":\"platform.verify/1\",\"star");

    assertThat(found("last")).isEqualTo("ab22");
    assertThat(problem("dd44")).hasMessageContaining("no run");
  }

  @Test
  void wherePreviousIsMissingOrNothingIsKeptThatIsSaid() {
    assertThat(new KeptRuns(new Platform(root, "other")))
        .satisfies(
            none ->
                assertThatThrownBy(() -> none.named("last"))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("no run of verify on other is kept"));
    runs.forget(run("aa11", 2));
    runs.forget(run("cc33", 5));
    assertThat(problem("previous")).hasMessageContaining("there is no run");
  }

  @Test
  void onlyARunThatIsNotGoodNeedsAHint() {
    assertThat(runs.hint(Runs.run(Verdict.PARTIAL))).isEmpty();
    assertThat(runs.hint(Runs.run(Verdict.FAIL)))
        .isEqualTo("  page: platform verify --report 7f3a -o html --output-file 7f3a.html\n");
  }

  private Problem problem(String name) {
    try {
      runs.named(name);
    } catch (Problem problem) {
      return problem;
    }
    throw new AssertionError("there is a run " + name);
  }

  private String found(String name) {
    return runs.named(name).evidence().nonce();
  }

  private Path file(String name) {
    return root.resolve(".platform/demo/verify").resolve(name + ".json");
  }

  private static Evidence run(String nonce, int second) {
    return new Evidence(
        nonce,
        Runs.STARTED.plusSeconds(second),
        Duration.ofSeconds(1),
        Verdict.PASS,
        new Evidence.Subject("demo", List.of(), Map.of()),
        List.of(),
        List.of());
  }
}
