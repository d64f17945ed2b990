package dev.platformkit.check.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.check.Judged;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortExposedTest {
  private static final String CHECK = "compose/port-exposed";

  @TempDir Path folder;

  @Test
  void everyWayToPublishOnAllAddressesIsFoundAndItsFixIsOneThatIsNot() throws IOException {
    Judged judged =
        ports("\"8080\", 80:80, 0.0.0.0:81:81, \"[::]:82:82\", { target: 83, published: 83 }");

    assertThat(judged.told(CHECK)).hasSize(5);
    assertThat(judged.fixes(CHECK))
        .containsExactly(
            "127.0.0.1::8080",
            "127.0.0.1:80:80",
            "127.0.0.1:81:81",
            "127.0.0.1:82:82",
            "host_ip: 127.0.0.1");
  }

  @Test
  void aChosenAddressIsFine() throws IOException {
    assertThat(
            ports(
                    "127.0.0.1:80:80, \"127.0.0.1::81\", \"[::1]:82:82\","
                        + " { target: 83, host_ip: 192.168.1.4 }")
                .told())
        .isEmpty();
  }

  private Judged ports(String list) throws IOException {
    return new Judged(folder)
        .with("compose.yaml", "services:\n  s:\n    image: x:1\n    ports: [" + list + "]\n");
  }
}
