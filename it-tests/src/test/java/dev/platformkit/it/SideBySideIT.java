package dev.platformkit.it;

import static dev.platformkit.it.FaultPlatform.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two platforms on one engine: whatever happens to one, the other neither suffers nor sees it. */
@ExtendWith(FaultPlatform.Shared.class)
class SideBySideIT {
  private final FaultPlatform other;

  SideBySideIT(FaultPlatform other) {
    this.other = other;
  }

  @AfterEach
  void heal() {
    other.heal();
    RunningPlatform.up();
  }

  @ParameterizedTest
  @ValueSource(strings = {"filebeat", "prometheus", "product"})
  void oneIsProvenWhileTheOtherIsBroken(String service) {
    other.stop(service);

    assertThat(other.verify().result().exit()).as("the broken one").isEqualTo(1);
    verifyShared().assertGreen();
  }

  @Test
  void andTheOtherWayRound() {
    RunningPlatform.docker()
        .stopContainerCmd(RunningPlatform.container("elasticsearch"))
        .withTimeout(2)
        .exec();

    assertThat(verifyShared().result().exit()).as("the broken one").isEqualTo(1);
    other.verify().assertGreen();
  }

  @Test
  void neitherSeesTheOthersLogs() {
    other.verify().assertGreen();
    verifyShared().assertGreen();

    for (String platform : List.of(RunningPlatform.NAME, FaultPlatform.NAME)) {
      String search =
          "{\"size\":0,\"aggs\":{\"of\":{\"terms\":{\"field\":\"platform.name\",\"size\":9}}}}";
      String answer = ask(platform, "POST", "elasticsearch", 9200, "/filebeat-*/_search", search);

      assertThat(texts(answer, "/aggregations/of/buckets", "key")).containsExactly(platform);
    }
  }

  @Test
  void neitherSeesTheOthersServices() {
    assertThat(ask(RunningPlatform.NAME, "GET", "consul", 8500, "/v1/catalog/services", ""))
        .contains("product")
        .doesNotContain("notes");
    for (String platform : List.of(RunningPlatform.NAME, FaultPlatform.NAME)) {
      String instances =
          ask(platform, "GET", "consul", 8500, "/v1/health/service/product?passing", "");
      assertThat(Cli.json(instances).findValues("Service"))
          .as("%s: %s", platform, instances)
          .extracting(instance -> instance.path("ID").asText())
          .filteredOn(id -> !id.isEmpty())
          .containsExactlyInAnyOrderElementsOf(
              RunningPlatform.containers(platform, "product").stream()
                  .map(id -> "product-" + id.substring(0, 12))
                  .toList());
    }
  }

  @Test
  void neitherSeesTheOthersMetrics() {
    String query = "/api/v1/query?query=up";
    // A Prometheus that was started a moment ago has scraped nobody yet.
    for (String platform : List.of(RunningPlatform.NAME, FaultPlatform.NAME)) {
      String scraped = platform.equals(FaultPlatform.NAME) ? "\"notes\"" : "\"product\"";
      await(platform + " has scraped")
          .atMost(Duration.ofSeconds(30))
          .until(() -> ask(platform, "GET", "prometheus", 9090, query, "").contains(scraped));
    }
    assertThat(ask(RunningPlatform.NAME, "GET", "prometheus", 9090, query, ""))
        .doesNotContain("\"notes\"");
  }

  @Test
  void neitherSeesTheOthersAlerts() {
    String nonce = other.verify().result().json().path("nonce").asText();
    String path = "/api/notifications?run=" + nonce;

    assertThat(Cli.json(ask(FaultPlatform.NAME, "GET", "alert-inbox", 8080, path, "")))
        .isNotEmpty();
    assertThat(Cli.json(ask(RunningPlatform.NAME, "GET", "alert-inbox", 8080, path, ""))).isEmpty();
  }

  private static Verified verifyShared() {
    return new Verified(RunningPlatform.platform("verify", "-o", "json"));
  }

  private static List<String> texts(String json, String list, String field) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : Cli.json(json).at(list)) {
      texts.add(item.path(field).asText());
    }
    return texts;
  }
}
