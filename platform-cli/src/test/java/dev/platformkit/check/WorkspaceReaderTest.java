package dev.platformkit.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.problem.ExitCode;
import dev.platformkit.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceReaderTest {
  private static final String EXPOSED = "services:\n  s:\n    image: x:1\n    ports: [\"80:80\"]\n";

  @TempDir Path folder;

  @Test
  void withoutAPathTheWholeProjectAroundTheFolderIsJudged() throws IOException {
    new Judged(folder)
        .with("platform.yaml", "name: p\nstacks: [a]\n")
        .with("stacks/a/compose.yaml", EXPOSED)
        .with("src/compose.yaml", EXPOSED)
        .with("stacks/images/x/compose.yaml", EXPOSED);

    assertThat(judge(folder.resolve("stacks/a")).findings())
        .extracting(f -> f.position().file())
        .containsExactly("stacks/a/compose.yaml");
  }

  @Test
  void aPathOfTheProjectIsJudgedAgainstTheWholeOfIt() throws IOException {
    project();

    Judgement judgement = judge(folder, folder.resolve("stacks/metrics/prometheus.yml"));

    assertThat(judgement.files()).isEqualTo(1);
    assertThat(judgement.findings()).isEmpty();
    assertThat(judge(folder, folder.resolve("stacks/data")).findings())
        .extracting(Finding::check)
        .containsExactly("compose/port-exposed");
  }

  @Test
  void aFileOutsideAnyProjectIsJudgedBesideTheComposeFileAboveIt() throws IOException {
    new Judged(folder)
        .with("compose.yaml", EXPOSED)
        .with("monitoring/prometheus.yml", scraping("s:80"));

    Judgement judgement = judge(folder, folder.resolve("monitoring/prometheus.yml"));

    assertThat(judgement.findings()).isEmpty();
  }

  @Test
  void whatIsHiddenOrBuiltIsPassedOver() throws IOException {
    new Judged(folder)
        .with(".hidden/compose.yaml", EXPOSED)
        .with("target/compose.yaml", EXPOSED)
        .with("node_modules/a/compose.yaml", EXPOSED)
        .with("notes.txt", "a: [");

    assertThat(judge(folder, folder).findings()).isEmpty();
  }

  @Test
  void oneFileThatCannotBeReadDoesNotHideWhatIsWrongInTheOthers() throws IOException {
    Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});
    Judged judged =
        new Judged(folder)
            .with("broken.yaml", "a: [")
            .with("twice.yaml", "a: 1\na: 2\n")
            .with("several.yaml", "a: 1\n---\na: 2\n")
            .with("empty.yaml", "")
            .with("compose.yaml", EXPOSED);

    assertThat(judged.told())
        .containsExactly(
            "binary.yaml:1:1 not UTF-8 text",
            "broken.yaml:1:4 not valid YAML: expected the node content, but found '<stream end>'",
            "compose.yaml:4:14 port 80 of s is published on every address of the host, past its"
                + " firewall",
            "twice.yaml:2:1 the key \"a\" stands here a second time");
  }

  @Test
  void twoFoldersAtOnceAreToldApart() throws IOException {
    new Judged(folder).with("a/compose.yaml", EXPOSED).with("b/compose.yaml", EXPOSED);

    assertThat(judge(folder, Path.of("a"), Path.of("b")).findings())
        .extracting(f -> f.position().file())
        .containsExactly("a/compose.yaml", "b/compose.yaml");
  }

  @Test
  void aPathThatDoesNotExistIsBadUsage() {
    assertThatThrownBy(() -> judge(folder, Path.of("nowhere")))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void brokenJsonOfAProjectIsTold() throws IOException {
    new Judged(folder)
        .with("platform.yaml", "name: p\nstacks: []\n")
        .with("dashboards/shop/a.json", "{\"title\": \"a\",}");

    assertThat(judge(folder).findings())
        .hasSize(1)
        .first()
        .extracting(f -> f.position().toString())
        .isEqualTo("dashboards/shop/a.json:1:15");
  }

  private void project() throws IOException {
    new Judged(folder)
        .with("platform.yaml", "name: p\nstacks: [data, metrics]\n")
        .with("stacks/data/compose.yaml", EXPOSED)
        .with("stacks/metrics/prometheus.yml", scraping("s:80"));
  }

  private static String scraping(String target) {
    return "scrape_configs: [{ job_name: j, static_configs: [{ targets: [\""
        + target
        + "\"] }] }]\n";
  }

  private static Judgement judge(Path directory, Path... paths) {
    return new Judge(Registry.checks()).judge(WorkspaceReader.read(directory, List.of(paths)));
  }
}
