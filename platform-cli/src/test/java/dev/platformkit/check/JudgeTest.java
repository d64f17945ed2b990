package dev.platformkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeTest {
  @TempDir Path folder;

  @CheckSpec(id = "yaml/fails", severity = Severity.WARNING, summary = "Never runs.")
  private static final class Failing implements Check {
    @Override
    public void run(Workspace workspace, Findings findings) {
      throw new IllegalStateException("a thing that nobody thought of");
    }
  }

  @Test
  void aCheckThatCannotRunIsAFindingOfItsOwn() throws IOException {
    new Judged(folder).with("a.yaml", "a: 1\n");

    Judgement judgement =
        new Judge(List.of(new Failing())).judge(WorkspaceReader.read(folder, List.of(folder)));

    assertThat(judgement.isBad()).isTrue();
    assertThat(judgement.findings())
        .hasSize(1)
        .first()
        .satisfies(
            finding -> {
              assertThat(finding.check()).isEqualTo("yaml/fails");
              assertThat(finding.severity()).isEqualTo(Severity.ERROR);
              assertThat(finding.message())
                  .startsWith("this check could not run")
                  .contains("a thing that nobody thought of");
            });
  }
}
