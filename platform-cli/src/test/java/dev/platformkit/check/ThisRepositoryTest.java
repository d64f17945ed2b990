package dev.platformkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThisRepositoryTest {
  @Test
  void hasNoFindings() {
    Judgement judgement =
        new Judge(Registry.checks()).judge(WorkspaceReader.read(Path.of(".."), List.of()));

    assertThat(judgement.findings()).extracting(Judged::told).isEmpty();
    assertThat(judgement.files()).isGreaterThan(20);
  }
}
