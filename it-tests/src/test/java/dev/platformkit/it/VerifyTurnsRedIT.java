package dev.platformkit.it;

import static dev.platformkit.it.RunningPlatform.container;
import static dev.platformkit.it.RunningPlatform.docker;
import static dev.platformkit.it.RunningPlatform.platform;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever of the platform dies or hangs, the proof is not green and says what it missed. */
@ExtendWith(RunningPlatform.class)
class VerifyTurnsRedIT {
  private String paused;

  @AfterEach
  void heal() {
    if (paused != null) {
      docker().unpauseContainerCmd(paused).exec();
    }
    RunningPlatform.up();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "filebeat",
        "jaeger",
        "prometheus",
        "alertmanager",
        "elasticsearch",
        "consul",
        "alert-inbox"
      })
  void whenABackendIsStopped(String service) {
    docker().stopContainerCmd(container(service)).withTimeout(2).exec();

    assertRed(service);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "filebeat",
        "jaeger",
        "prometheus",
        "alertmanager",
        "elasticsearch",
        "consul",
        "alert-inbox"
      })
  void whenABackendHangs(String service) {
    pause(service);

    assertRed(service);
  }

  @ParameterizedTest
  @ValueSource(strings = {"user", "product", "cart", "cart-api", "api-gateway"})
  void whenASampleServiceIsStopped(String service) {
    docker().stopContainerCmd(container(service)).withTimeout(2).exec();

    assertRed(service);
  }

  @ParameterizedTest
  @ValueSource(strings = {"user", "product", "cart", "cart-api", "api-gateway"})
  void whenASampleServiceHangs(String service) {
    pause(service);

    assertRed(service);
  }

  private void pause(String service) {
    paused = container(service);
    docker().pauseContainerCmd(paused).exec();
  }

  private static void assertRed(String service) {
    Cli.Result verify = platform("verify", "-o", "json");

    assertThat(verify.exit()).as(verify.toString()).isEqualTo(1);
    assertThat(verify.json().path("verdict").asText()).isEqualTo("fail");
    List<String> failed = new ArrayList<>();
    for (JsonNode check : verify.json().path("checks")) {
      if ("fail".equals(check.path("verdict").asText())) {
        failed.add(check.toString());
      }
    }
    assertThat(failed)
        .as("a failed check names %s in %s", service, verify)
        .anyMatch(check -> check.contains(service));
  }
}
