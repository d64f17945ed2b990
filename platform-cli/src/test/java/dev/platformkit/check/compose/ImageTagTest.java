package dev.platformkit.check.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.check.Judged;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageTagTest {
  private static final String CHECK = "compose/image-tag";

  @TempDir Path folder;

  @Test
  void aVersionIsNeededWhereverTheImageIsNamed() throws IOException {
    assertThat(
            new Judged(folder)
                .with("images.env", "NATS_IMAGE=nats\nOTHER=nats\n")
                .with(
                    "compose.yaml",
                    """
                    services:
                      a: { image: "registry:5000/a" }
                      b: { image: "b:latest" }
                      c: { image: "${NATS_IMAGE}" }
                      d: { image: "${D:-d}" }
                    """)
                .told(CHECK))
        .containsExactly(
            "compose.yaml:2:16 \"registry:5000/a\" names no version, so it is latest",
            "compose.yaml:3:16 \"b:latest\" is whatever was pushed last when it was pulled",
            "compose.yaml:5:16 \"d\" names no version, so it is latest",
            "images.env:1:12 \"nats\" names no version, so it is latest");
  }

  @Test
  void aDigestAndAnImageBuiltHereNeedNoTag() throws IOException {
    assertThat(
            new Judged(folder)
                .with(
                    "compose.yaml",
                    """
                    services:
                      a: { image: "a@sha256:0123" }
                      b: { image: b, build: . }
                      c: { image: "${UNKNOWN:?}" }
                    """)
                .told())
        .isEmpty();
  }
}
