package dev.platformkit.check.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.check.Judged;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VariableUnsetTest {
  private static final String CHECK = "compose/variable-unset";

  @TempDir Path folder;

  @Test
  void aVariableThatNothingSetsIsToldWithTheNearestThatIsSet() throws IOException {
    Judged judged =
        new Judged(folder)
            .with(".env", "NATS_PORT=4222\n")
            .with(
                "compose.yaml",
                "services:\n  n:\n    image: n:1\n    ports: [\"127.0.0.1:${NATS_PROT}:1\"]\n");

    assertThat(judged.told(CHECK))
        .containsExactly(
            "compose.yaml:4:24 no env file sets NATS_PROT, and nothing stands in its place");
    assertThat(judged.fixes(CHECK)).containsExactly("${NATS_PORT}");
  }

  @Test
  void defaultsDemandsAndDoubledDollarsAreFine() throws IOException {
    assertThat(command("echo ${A:-x} ${B-} ${C:?needed} ${D:+x} $$HOME $${HOME}").told()).isEmpty();
  }

  @Test
  void aVariableInsideADefaultCountsToo() throws IOException {
    assertThat(command("echo ${A:-${B}}").told(CHECK))
        .hasSize(1)
        .first()
        .asString()
        .contains("sets B");
  }

  @Test
  void aDollarThatStartsNoVariableIsTold() throws IOException {
    Judged judged = command("grep ^a$)");

    assertThat(judged.told(CHECK)).hasSize(1).first().asString().contains("\"$)\" is no variable");
    assertThat(judged.fixes(CHECK).get(0)).startsWith("$$)");
  }

  @Test
  void inAProjectWhatAssemblySetsAndTheImagesOfComponentsAreKnown() throws IOException {
    assertThat(
            new Judged(folder)
                .with("platform.yaml", "name: p\nstacks: [a]\n")
                .with("stacks/images/my-tool/Dockerfile", "FROM scratch\n")
                .with(
                    "stacks/a/compose.yaml",
                    "services:\n  s:\n    image: ${MY_TOOL_IMAGE}\n    hostname: ${PLATFORM_NAME}\n")
                .told())
        .isEmpty();
  }

  private Judged command(String text) throws IOException {
    return new Judged(folder)
        .with("compose.yaml", "services:\n  s:\n    image: x:1\n    command: '" + text + "'\n");
  }
}
