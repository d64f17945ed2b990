package dev.platformkit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The catalogue import on a platform that runs: what it did, and what Prometheus makes of it. */
@ExtendWith(RunningPlatform.class)
class JobIT {
  @TempDir Path files;

  @AfterAll
  static void nothingIsLeftThatAlerts() {
    ask("DELETE", "pushgateway", 9091, "/metrics/job/catalogue-import");
  }

  @Test
  void whatTheJobTookInCanBeBoughtAndThatItFailedIsAnAlert() throws Exception {
    Path catalogue =
        catalogue(
            """
            {"id": "it-caddy", "name": "Tea caddy", "price_cents": 1590, "currency": "EUR", "stock": 9}
            {"id": "it-scoop", "name": "Tea scoop", "price_cents": 790, "currency": "EUR", "stock": 9}
            """);

    Cli.Result good = importing(catalogue);

    assertThat(good.exit()).as(good.toString()).isZero();
    assertThat(
            Cli.json(ask("GET", "api-gateway", 8080, "/v1/products/it-caddy"))
                .path("name")
                .asText())
        .isEqualTo("Tea caddy");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(value("sum(catalogue_import_rows)")).isEqualTo("2");
              assertThat(
                      value("time() - max(catalogue_import_last_success_timestamp_seconds) < 60"))
                  .isNotEmpty();
            });
    assertThat(value("ALERTS{alertname='CatalogueImportFailed'}")).isEmpty();

    Cli.Result bad = importing(catalogue("{\"id\": \"it-tin\", \"name\": \"\"}\n"));

    assertThat(bad.exit()).as(bad.toString()).isEqualTo(1);
    assertThat(bad.out()).contains("/catalogue.jsonl:1: name ");
    assertThat(bad.err()).contains("catalogue-import failed").contains("exit code 1");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(value("ALERTS{alertname='CatalogueImportFailed', alertstate='firing'}"))
                    .isEqualTo("1"));
    assertThat(Cli.platform(RunningPlatform.NAME, "status").out()).doesNotContain("catalogue");
  }

  @Test
  void whatCannotBeReadIsToldBeforeAnythingIsRun() {
    Cli.Result result = importing(files.resolve("nowhere.jsonl"));

    assertThat(result.exit()).as(result.toString()).isEqualTo(2);
    assertThat(result.err()).contains("nowhere.jsonl cannot be read");
  }

  private static Cli.Result importing(Path catalogue) {
    return RunningPlatform.platform(
        "run",
        "catalogue-import",
        "--mount",
        catalogue + ":/catalogue.jsonl",
        "-e",
        "CATALOGUE_FILE=/catalogue.jsonl",
        "--yes");
  }

  private Path catalogue(String lines) throws IOException {
    Path file = files.resolve("catalogue.jsonl");
    Files.writeString(file, lines);
    // The job runs as nobody of this machine.
    assertThat(file.toFile().setReadable(true, false)).isTrue();
    assertThat(files.toFile().setExecutable(true, false)).isTrue();
    return file;
  }

  /** The one value of a query; empty where nothing answers it. */
  private static String value(String query) {
    String path = "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
    JsonNode result = Cli.json(ask("GET", "prometheus", 9090, path)).at("/data/result");
    return result.isEmpty() ? "" : result.get(0).at("/value/1").asText();
  }

  private static String ask(String method, String service, int port, String path) {
    return FaultPlatform.ask(RunningPlatform.NAME, method, service, port, path, "");
  }
}
