package dev.platformkit.it;

import static dev.platformkit.it.RunningPlatform.platform;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(RunningPlatform.class)
class VerifyIT {
  @Test
  void aHealthyPlatformIsProven(@TempDir Path reports) throws IOException {
    Path report = reports.resolve("verify.json");

    Cli.Result verify = platform("verify", "-o", "json", "--output-file", report.toString());

    assertThat(verify.exit()).as(verify.toString()).isZero();
    JsonNode evidence = new ObjectMapper().readTree(report.toFile());
    assertThat(evidence.path("schema").asText()).isEqualTo("platform.verify/1");
    assertThat(evidence.path("journeys")).isNotEmpty();
    assertThat(evidence.path("checks"))
        .isNotEmpty()
        .allSatisfy(c -> assertThat(c.path("verdict").asText()).isIn("pass", "skip"));
  }

  @Test
  void evidenceOfEveryRunIsKept() throws IOException {
    List<Path> before = evidence();

    platform("verify");

    assertThat(evidence()).hasSize(before.size() + 1);
  }

  @Test
  void nothingOfItsOwnStaysBehindInThePlatform() throws Exception {
    platform("verify");

    assertThat(get("consul", 8500, "/v1/kv/config/?keys")).doesNotContain("platform-probe");
    assertThat(get("pushgateway", 9091, "/metrics")).doesNotContain("platform_probe_alert");
  }

  @Test
  void oneJourneyAloneCanBeRun() {
    Cli.Result verify = platform("verify", "--journey", "sign-in", "-o", "json");

    assertThat(verify.json().path("journeys")).hasSize(1);
    assertThat(verify.json().at("/journeys/0/name").asText()).isEqualTo("sign-in");
  }

  @Test
  void aJourneyThatDoesNotExistIsBadUsageAndTheNearestIsNamed() {
    Cli.Result verify = platform("verify", "--journey", "shoping");

    assertThat(verify.exit()).as(verify.toString()).isEqualTo(2);
    assertThat(verify.err()).contains("shoping").contains("shopping");
  }

  @Test
  void aRequiredStackThatIsLeftOutIsNotGreen() {
    Cli.Result verify = platform("verify", "--require", "dashboards");

    boolean grafanaRuns =
        RunningPlatform.containers(RunningPlatform.NAME).stream()
            .anyMatch(c -> "grafana".equals(c.getLabels().get("com.docker.compose.service")));
    assertThat(verify.exit()).as(verify.toString()).isEqualTo(grafanaRuns ? 0 : 1);
  }

  @Test
  void junitIsWrittenForCi() {
    Cli.Result verify = platform("verify", "-o", "junit");

    assertThat(verify.out()).startsWith("<?xml").contains("<testsuite").contains("shopping");
  }

  private static String get(String service, int port, String path) throws Exception {
    URI uri = URI.create(FaultPlatform.address(RunningPlatform.NAME, service, port) + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static List<Path> evidence() throws IOException {
    Path folder = RunningPlatform.state().resolve("verify");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
    }
  }
}
