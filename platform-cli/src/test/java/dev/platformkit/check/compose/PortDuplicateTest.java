package dev.platformkit.check.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.check.Judged;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortDuplicateTest {
  private static final String CHECK = "compose/port-duplicate";

  @TempDir Path folder;

  @Test
  void aPortThatTwoStacksPublishIsToldWithBothPlaces() throws IOException {
    Judged judged =
        new Judged(folder)
            .with("platform.yaml", "name: p\nstacks: [a, b]\n")
            .with("stacks/ports.env", "A_PORT=8080\nB_PORT=8080\n")
            .with("stacks/a/compose.yaml", publishing("one", "127.0.0.1:${A_PORT}:80"))
            .with("stacks/b/compose.yaml", publishing("two", "127.0.0.1:${B_PORT}:81"));

    assertThat(judged.told(CHECK))
        .containsExactly(
            "stacks/b/compose.yaml:4:14 port 8080 of the host (stacks/ports.env:2) is taken by one:"
                + " stacks/a/compose.yaml:4");
  }

  @Test
  void otherAddressesAndOtherProtocolsDoNotCollide() throws IOException {
    assertThat(
            new Judged(folder)
                .with(
                    "compose.yaml",
                    """
                    services:
                      one: { image: "x:1", ports: ["127.0.0.1:53:53/udp", "127.0.0.2:80:80"] }
                      two: { image: "x:1", ports: ["127.0.0.1:53:53/tcp", "127.0.0.1:80:80"] }
                    """)
                .told())
        .isEmpty();
  }

  @Test
  void everyAddressCollidesWithOneAndARangeWithItsPorts() throws IOException {
    assertThat(
            new Judged(folder)
                .with(
                    "compose.yaml",
                    """
                    services:
                      one: { image: "x:1", ports: ["0.0.0.0:8000-8010:8000-8010"] }
                      two: { image: "x:1", ports: ["127.0.0.1:8005:80"] }
                    """)
                .told(CHECK))
        .hasSize(1);
  }

  @Test
  void servicesOfDifferentProfilesAndTwoFormsOfOneServiceAreAlternatives() throws IOException {
    assertThat(
            new Judged(folder)
                .with(
                    "compose.yaml",
                    """
                    services:
                      one: { image: "x:1", profiles: [a], ports: ["127.0.0.1:80:80"] }
                      two: { image: "x:1", profiles: [b], ports: ["127.0.0.1:80:80"] }
                      three: { image: "x:1", ports: ["127.0.0.1:81:80"] }
                    """)
                .with(
                    "compose.override.yaml",
                    "services:\n  three:\n    ports: [\"127.0.0.1:81:80\"]\n")
                .told())
        .isEmpty();
  }

  private static String publishing(String service, String port) {
    return "services:\n  " + service + ":\n    image: x:1\n    ports: [\"" + port + "\"]\n";
  }
}
