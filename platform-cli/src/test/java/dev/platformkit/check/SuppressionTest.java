package dev.platformkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuppressionTest {
  @TempDir Path folder;

  @Test
  void aReasonedCommentOnItsLineOrAboveItIgnoresTheFinding() throws IOException {
    assertThat(
            ports(
                    """
                    - 443:443 # platform:ignore compose/port-exposed -- edge proxy must be reachable
                    # platform:ignore compose/port-exposed -- plain HTTP redirects

                    # another comment between
                    - 80:80
                    """)
                .told())
        .isEmpty();
  }

  @Test
  void itIsAboutOneLineAndOneCheckOnly() throws IOException {
    assertThat(
            ports(
                    """
                    # platform:ignore compose/port-exposed -- the first only
                    - 443:443
                    - 80:80
                    """)
                .told())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("compose.yaml:7:");
  }

  @Test
  void withoutAReasonNothingIsIgnoredAndThatIsTold() throws IOException {
    assertThat(ports("- 80:80 # platform:ignore compose/port-exposed\n").told())
        .hasSize(2)
        .anyMatch(told -> told.endsWith("gives no reason, so nothing is ignored"));
  }

  @Test
  void aCommentThatIgnoresNothingIsToldUnlessItsCheckDidNotRun() throws IOException {
    Judged judged = ports("- 127.0.0.1:80:80 # platform:ignore compose/port-exposed -- once was\n");

    assertThat(judged.told("yaml/ignore")).hasSize(1);
    Judge other = new Judge(Registry.checks().stream().filter(c -> isOther(c)).toList());
    assertThat(other.judge(WorkspaceReader.read(folder, List.of(folder))).findings()).isEmpty();
  }

  private static boolean isOther(Check check) {
    return !check.id().equals("compose/port-exposed");
  }

  @Test
  void aCheckThatDoesNotExistIsToldWithTheNearest() throws IOException {
    Judged judged = ports("- 127.0.0.1:80:80 # platform:ignore compose/port-expose -- so\n");

    assertThat(judged.told("yaml/ignore"))
        .hasSize(1)
        .first()
        .asString()
        .endsWith("there is no check \"compose/port-expose\"");
    assertThat(judged.fixes("yaml/ignore")).containsExactly("compose/port-exposed");
  }

  @Test
  void whatLooksLikeACommentInsideAValueIsNone() throws IOException {
    assertThat(
            new Judged(folder)
                .with(
                    "compose.yaml",
                    """
                    services:
                      s:
                        image: x:1
                        command: "a # platform:ignore compose/schema -- text"
                        labels:
                          note: |
                            b # platform:ignore compose/schema -- text
                    """)
                .told())
        .isEmpty();
  }

  @Test
  void inAnEnvFileItStandsAboveTheLine() throws IOException {
    assertThat(
            new Judged(folder)
                .with(
                    "images.env",
                    """
                    # platform:ignore compose/image-tag -- rebuilt on every commit
                    MINE_IMAGE=mine:latest
                    """)
                .told())
        .isEmpty();
  }

  private Judged ports(String items) throws IOException {
    return new Judged(folder)
        .with(
            "compose.yaml",
            "services:\n  s:\n    image: x:1\n    ports:\n"
                + items.indent(6).replace("      \n", "\n"));
  }
}
