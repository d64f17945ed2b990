package dev.platformkit.check.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.check.Judged;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountMissingTest {
  private static final String CHECK = "compose/mount-missing";

  @TempDir Path folder;

  @Test
  void aMissingFileIsToldWithTheOneThatWasProbablyMeant() throws IOException {
    Judged judged = mounting("./nats.config:/etc/nats.conf:ro").with("nats.conf", "");

    assertThat(judged.told(CHECK))
        .containsExactly(
            "compose.yaml:4:16 there is no nats.config; the engine would put an empty folder in its"
                + " place");
    assertThat(judged.fixes(CHECK)).containsExactly("./nats.conf");
  }

  @Test
  void whatLiesElsewhereOnTheHostIsNotJudged() throws IOException {
    assertThat(
            mounting("/var/run/none.sock:/x", "data:/data", "~/none:/y", "/anonymous").told(CHECK))
        .isEmpty();
  }

  @Test
  void secretsAndConfigsAreFilesToo() throws IOException {
    assertThat(
            new Judged(folder)
                .with(
                    "compose.yaml",
                    """
                    services:
                      s: { image: "x:1", secrets: [key], configs: [{ source: conf }] }
                    secrets: { key: { file: ./key.txt } }
                    configs: { conf: { file: ./conf.txt } }
                    """)
                .told(CHECK))
        .hasSize(2);
  }

  @Test
  void whatUpGeneratesIsThereWhenItIsNeeded() throws IOException {
    assertThat(
            mounting("./.platform/demo/secrets/key:/key", "${PLATFORM_STATE:?}/x:/x").told(CHECK))
        .isEmpty();
  }

  private Judged mounting(String... volumes) throws IOException {
    return new Judged(folder)
        .with(
            "compose.yaml",
            "services:\n  s:\n    image: x:1\n    volumes: [\""
                + String.join("\", \"", volumes)
                + "\"]\nvolumes: { data: }\n");
  }
}
