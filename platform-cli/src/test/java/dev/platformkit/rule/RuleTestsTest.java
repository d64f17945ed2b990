package dev.platformkit.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleTestsTest {
  private static final String ONE_TEST = "rule_files: [r.yaml]\ntests: [{ name: one }]\n";
  private static final Promtool.Answer SUCCESS = new Promtool.Answer(0, List.of("  SUCCESS"));

  @TempDir Path folder;

  @Test
  void aFolderMeansItsTestFilesAndAFileMeansItself() throws IOException {
    write("a/x.test.yaml", ONE_TEST);
    write("a/x.rules.yaml", "");
    write("b/other.yml", ONE_TEST);

    assertThat(RuleTests.find(folder, List.of(folder.resolve("a"), folder.resolve("b/other.yml"))))
        .extracting(TestFile::shownAs)
        .containsExactly("a/x.test.yaml", "b/other.yml");
    assertThatThrownBy(() -> RuleTests.find(folder, List.of(folder.resolve("c"))))
        .isInstanceOf(Problem.class);
  }

  @Test
  void filesKeepTheirOrderAndOneFailureLeavesTheOthersVerdicts() throws IOException {
    List<TestFile> files =
        List.of(
            file("a.test.yaml", ONE_TEST),
            file("b.test.yaml", ONE_TEST),
            file("c.test.yaml", ONE_TEST));

    RuleTestRun run =
        RuleTests.run(
            files,
            answering(
                path ->
                    path.endsWith("b.test.yaml")
                        ? new Promtool.Answer(1, List.of("  FAILED:", "it broke"))
                        : SUCCESS));

    assertThat(run.passed()).isFalse();
    assertThat(run.files()).extracting(f -> f.passed()).containsExactly(true, false, true);
    assertThat(run.files().get(1).failures()).extracting(Failure::said).containsExactly("it broke");
    assertThat(run.tests()).isEqualTo(3);
  }

  @Test
  void aRunThatFailsWithoutAWordIsStillAFailure() throws IOException {
    RuleTestRun run =
        RuleTests.run(
            List.of(file("a.test.yaml", ONE_TEST)),
            answering(path -> new Promtool.Answer(1, List.of())));

    assertThat(run.passed()).isFalse();
  }

  @Test
  void aFileWithoutATestProvesNothing() throws IOException {
    RuleTestRun run =
        RuleTests.run(
            List.of(file("a.test.yaml", "rule_files: []\ntests: []\n")),
            answering(path -> SUCCESS));

    assertThat(run.files().get(0).failures())
        .extracting(Failure::said)
        .containsExactly("there is no test in this file");
  }

  @Test
  void whatCannotBeJudgedEndsTheRun() throws IOException {
    List<TestFile> files = List.of(file("a.test.yaml", ONE_TEST));
    Promtool gone =
        answering(
            path -> {
              throw Problem.unable("the container is gone");
            });

    assertThatThrownBy(() -> RuleTests.run(files, gone)).hasMessage("the container is gone");
  }

  private static Promtool answering(Function<Path, Promtool.Answer> answers) {
    return new Promtool() {
      @Override
      public String version() {
        return "2.53.3";
      }

      @Override
      public Answer test(Path file) {
        return answers.apply(file);
      }

      @Override
      public void close() {}
    };
  }

  private TestFile file(String name, String text) throws IOException {
    return TestFile.read(write(name, text), name);
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
