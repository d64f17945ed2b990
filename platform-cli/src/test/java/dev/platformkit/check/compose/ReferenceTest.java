package dev.platformkit.check.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.check.Judged;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceTest {
  private static final String CHECK = "compose/reference";

  @TempDir Path folder;

  @Test
  void whatIsNotDefinedIsToldByKind() throws IOException {
    assertThat(
            new Judged(folder)
                .with(
                    "compose.yaml",
                    """
                    services:
                      a:
                        image: x:1
                        networks: { front: }
                        volumes: ["data:/data", "./:/here", "/anonymous"]
                        secrets: [key]
                        configs: [{ source: conf }]
                        depends_on: { b: { condition: service_started } }
                    """)
                .told(CHECK))
        .containsExactly(
            "compose.yaml:4:17 \"front\" is not defined under networks in this file",
            "compose.yaml:5:16 \"data\" is not defined under volumes in this file",
            "compose.yaml:6:15 \"key\" is not defined under secrets in this file",
            "compose.yaml:7:25 \"conf\" is not defined under configs in this file",
            "compose.yaml:8:19 \"b\" is not defined under services in this file");
  }

  @Test
  void anOverrideMayUseWhatItsBaseDefines() throws IOException {
    assertThat(
            new Judged(folder)
                .with("compose.yaml", "services: { a: { image: 'x:1' } }\nvolumes: { data: }\n")
                .with("compose.override.yaml", "services: { a: { volumes: ['data:/x'] } }\n")
                .told())
        .isEmpty();
  }
}
