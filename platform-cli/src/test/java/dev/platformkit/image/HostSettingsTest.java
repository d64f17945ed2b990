package dev.platformkit.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostSettingsTest {
  @Test
  void proxiesAndGoSettingsThatAreSetAreTakenOver() {
    HostSettings settings =
        HostSettings.of(
            Map.of("https_proxy", "http://proxy.example:3128", "NO_PROXY", "", "HOME", "/root"),
            Map.of("GOPROXY", "https://go.example", "GOPRIVATE", ""));

    assertThat(settings.arguments())
        .isEqualTo(
            Map.of("https_proxy", "http://proxy.example:3128", "GOPROXY", "https://go.example"));
    assertThat(settings.ownNetwork()).isFalse();
  }

  @Test
  void aProxyOnThisMachineAloneNeedsThisMachinesNetwork() {
    assertThat(
            HostSettings.of(Map.of("HTTP_PROXY", "http://127.0.0.1:3128"), Map.of()).ownNetwork())
        .isTrue();
    assertThat(HostSettings.of(Map.of("HTTP_PROXY", "localhost:3128"), Map.of()).ownNetwork())
        .isTrue();
    assertThat(HostSettings.of(Map.of("NO_PROXY", "localhost"), Map.of()).ownNetwork()).isFalse();
  }

  @Test
  void theBundleThatTheEnvironmentNamesIsTrusted(@TempDir Path folder) throws IOException {
    Path bundle = Files.writeString(folder.resolve("ca.pem"), "certificates");

    assertThat(HostSettings.of(Map.of("SSL_CERT_FILE", bundle.toString()), Map.of()).certificates())
        .contains(bundle);
  }
}
