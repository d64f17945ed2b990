package dev.platformkit.it;

import static dev.platformkit.it.RunningPlatform.NAME;
import static dev.platformkit.it.RunningPlatform.container;
import static dev.platformkit.it.RunningPlatform.containers;
import static dev.platformkit.it.RunningPlatform.docker;
import static dev.platformkit.it.RunningPlatform.platform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.model.Container;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningPlatform.class)
class LifecycleIT {
  /** The official Elasticsearch writes a keystore beside its configuration when it starts. */
  private static final Set<String> WRITES_ITS_ROOT = Set.of("elasticsearch");

  @AfterEach
  void heal() {
    RunningPlatform.up();
  }

  @Test
  void upOnARunningPlatformChangesNothing() {
    Map<String, String> before = started();

    Cli.Result up = platform("up", "--yes");

    assertThat(up.exit()).as(up.toString()).isZero();
    assertThat(started()).isEqualTo(before);
  }

  @Test
  void statusNamesAKilledContainerAndItsExitCode() {
    docker().stopContainerCmd(container("cart")).withTimeout(0).exec();

    Cli.Result json = platform("status", "-o", "json");

    assertThat(json.exit()).as(json.toString()).isEqualTo(1);
    assertThat(json.json().path("ready").asBoolean()).isFalse();
    JsonNode cart = RunningPlatform.status("cart");
    assertThat(cart.path("ready").asBoolean()).isFalse();
    assertThat(cart.path("state").asText()).isEqualTo("exited");
    assertThat(cart.path("cause").asText()).contains("137");
    assertThat(platform("status").out()).contains("cart").contains("137");
  }

  @Test
  void upStartsAKilledContainerAgain() {
    String killed = container("product");
    docker().stopContainerCmd(killed).withTimeout(0).exec();

    Cli.Result up = platform("up", "--yes");

    assertThat(up.exit()).as(up.toString()).isZero();
    assertThat(RunningPlatform.status("product").path("ready").asBoolean()).isTrue();
  }

  @Test
  void aPlatformThatWasDownIsProvenAgainAtOnce() {
    assertThat(platform("verify").exit()).as("before").isZero();
    Cli.Result down = platform("down");
    assertThat(down.exit()).as(down.toString()).isZero();
    RunningPlatform.up();

    Cli.Result verify = platform("verify");

    assertThat(verify.exit()).as(verify.toString()).isZero();
  }

  @Test
  void servicesFindAJaegerThatWasReplaced() {
    docker().removeContainerCmd(container("jaeger")).withForce(true).exec();
    RunningPlatform.up();

    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              Cli.Result verify = platform("verify", "--journey", "sign-in");
              assertThat(verify.exit()).as(verify.toString()).isZero();
            });
  }

  @Test
  void statusNamesAPausedContainer() {
    docker().pauseContainerCmd(container("jaeger")).exec();
    try {
      Cli.Result status = platform("status");

      assertThat(status.exit()).as(status.toString()).isEqualTo(1);
      assertThat(status.out()).contains("jaeger").contains("paused");
    } finally {
      docker().unpauseContainerCmd(container("jaeger")).exec();
    }
  }

  @Test
  void logsOfOneTraceComeFromEveryServiceOnItsWay() {
    JsonNode evidence = platform("verify", "--journey", "shopping", "-o", "json").json();
    String trace = evidence.at("/journeys/0/trace_id").asText();
    assertThat(trace).hasSize(32);

    Cli.Result logs = platform("logs", "--trace", trace);

    assertThat(logs.exit()).as(logs.toString()).isZero();
    assertThat(logs.out()).contains("api-gateway");
  }

  @Test
  void everyPublishedPortIsOnLoopback() {
    assertThat(containers(NAME))
        .allSatisfy(
            c ->
                assertThat(c.getPorts())
                    .filteredOn(p -> p.getPublicPort() != null)
                    .allSatisfy(p -> assertThat(p.getIp()).isEqualTo("127.0.0.1")));
  }

  @Test
  void everyContainerIsUnprivilegedAndLimited() {
    assertThat(containers(NAME))
        .allSatisfy(
            c -> {
              var host = docker().inspectContainerCmd(c.getId()).exec().getHostConfig();
              assertThat(host.getPrivileged()).isFalse();
              assertThat(host.getMemory()).as("memory limit").isPositive();
              assertThat(host.getPidsLimit()).as("pids limit").isPositive();
              assertThat(host.getSecurityOpts()).contains("no-new-privileges:true");
              assertThat(host.getCapDrop()).isNotEmpty();
              assertThat(host.getReadonlyRootfs())
                  .as(service(c) + " has a read-only root")
                  .isEqualTo(!WRITES_ITS_ROOT.contains(service(c)));
            });
  }

  private static String service(Container container) {
    return container.getLabels().get("com.docker.compose.service");
  }

  private static Map<String, String> started() {
    Map<String, String> started = new TreeMap<>();
    containers(NAME)
        .forEach(
            c ->
                started.put(
                    c.getId(),
                    docker().inspectContainerCmd(c.getId()).exec().getState().getStartedAt()));
    return started;
  }
}
