package dev.platformkit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Files against the Consul of a platform that runs. */
@ExtendWith(RunningPlatform.class)
class KvIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String PAGE_SIZE = "config/cart/page-size";
  private static final String SECOND = "/v1/kv/config/cart/welcome";

  private static String consul;

  @TempDir Path files;

  @BeforeAll
  static void whereConsulIs() {
    consul = RunningPlatform.platform("open", "consul").out().strip().replaceFirst("/ui.*", "");
  }

  @BeforeEach
  @AfterEach
  void nothingIsThere() {
    assertThat(ask("DELETE", "/v1/kv/config/cart/?recurse=true", "").statusCode()).isEqualTo(200);
  }

  @Test
  void whatTheFilesSayIsAppliedOnceAndTheServiceFollowsItLive() {
    desired("page-size: { value: 20, type: int, max: 100 }", "welcome: \"Hé: you\"");

    Cli.Result before = kv("diff");
    assertThat(before.exit()).as(before.toString()).isEqualTo(1);
    assertThat(before.json().path("changes").findValuesAsText("change"))
        .containsExactly("add", "add");

    Cli.Result applied = kv("apply");
    assertThat(applied.exit()).as(applied.toString()).isZero();
    assertThat(value(PAGE_SIZE)).isEqualTo("20");
    assertThat(value("config/cart/welcome")).isEqualTo("Hé: you");
    String index = entry(PAGE_SIZE).path("ModifyIndex").asText();
    await()
        .untilAsserted(() -> assertThat(configOfCart().path("page-size").asText()).isEqualTo("20"));

    Cli.Result again = kv("apply");
    assertThat(again.exit()).as(again.toString()).isZero();
    assertThat(again.json().path("changes")).isEmpty();
    assertThat(entry(PAGE_SIZE).path("ModifyIndex").asText()).isEqualTo(index);
    assertThat(kv("diff").exit()).isZero();

    desired("page-size: 30");
    assertThat(kv("apply").json().path("changes").findValuesAsText("change"))
        .containsExactly("change", "remove");
    assertThat(ask("GET", SECOND, "").statusCode()).isEqualTo(404);
    await()
        .untilAsserted(() -> assertThat(configOfCart().path("page-size").asText()).isEqualTo("30"));
  }

  @Test
  void whatSomebodyElseWroteIsLeftAlone() {
    put("config/cart/by-hand", "1");
    desired("page-size: 20");
    assertThat(kv("apply").json().path("foreign").get(0).asText()).isEqualTo("config/cart/by-hand");
    put(PAGE_SIZE, "21");

    desired("other: 1");
    Cli.Result applied = kv("apply");

    assertThat(applied.exit()).as(applied.toString()).isZero();
    assertThat(value("config/cart/by-hand")).isEqualTo("1");
    assertThat(value(PAGE_SIZE)).isEqualTo("21");
  }

  /**
   * Nothing can be timed to fall between a process's reading and its writing. So somebody writes
   * all the time, and apply is run until it meets that; every run does all or nothing, whichever it
   * is.
   */
  @Test
  void whatChangesAtTheSameTimeMakesAllOfItFail() {
    desired("page-size: 20", "welcome: Hello");
    AtomicBoolean over = new AtomicBoolean();
    List<CompletableFuture<Void>> somebody =
        Stream.generate(() -> CompletableFuture.runAsync(() -> write(over))).limit(3).toList();
    try {
      await().until(() -> value(PAGE_SIZE).startsWith("other-"));
      await().atMost(Duration.ofMinutes(1)).until(() -> allOrNothing(kv("apply")).exit() == 3);
    } finally {
      over.set(true);
      somebody.forEach(CompletableFuture::join);
    }
    assertThat(value(PAGE_SIZE)).startsWith("other-");
  }

  private static void write(AtomicBoolean over) {
    for (int i = 0; !over.get(); i++) {
      put(PAGE_SIZE, "other-" + i);
    }
  }

  private static Cli.Result allOrNothing(Cli.Result applied) {
    int second = ask("GET", SECOND, "").statusCode();
    if (applied.exit() == 0) {
      assertThat(second).as(applied.toString()).isEqualTo(200);
      ask("DELETE", SECOND, "");
      return applied;
    }
    assertThat(applied.exit()).as(applied.toString()).isEqualTo(3);
    assertThat(applied.err())
        .contains("somebody else changed the configuration at the same time")
        .contains(PAGE_SIZE + " is not as it was when it was compared")
        .contains("nothing was written")
        .contains("try: platform kv diff --name " + RunningPlatform.NAME);
    assertThat(second).as(applied.toString()).isEqualTo(404);
    return applied;
  }

  @Test
  void whatWasExportedDiffersInNothing() {
    put(PAGE_SIZE, "20");
    put("config/cart/words", "a: \"b\" # c\nd");
    put("config/cart/feature/search", "true");

    Cli.Result exported = kv("export");
    assertThat(exported.exit()).as(exported.toString()).isZero();
    assertThat(exported.json().path("written")).hasSize(1);
    assertThat(kv("diff").exit()).isZero();

    put(PAGE_SIZE, "21");
    Cli.Result refused = kv("export");
    assertThat(refused.exit()).as(refused.toString()).isEqualTo(2);
    assertThat(refused.err()).contains("says something else than Consul").contains("--overwrite");
    assertThat(files.resolve("cart.yaml")).content().contains("page-size: 20");
    assertThat(kv("export", "--overwrite").exit()).isZero();
    assertThat(kv("diff").exit()).isZero();
  }

  @Test
  void atMostWhatOneTransactionHoldsIsApplied() {
    String[] most = new String[64];
    for (int i = 0; i < most.length; i++) {
      most[i] = "k" + i + ": " + "x".repeat(5_500);
    }
    desired(most);

    Cli.Result applied = kv("apply");

    assertThat(applied.exit()).as(applied.err()).isZero();
    assertThat(applied.json().path("changes")).hasSize(64);
  }

  @Test
  void badFilesAreToldWithTheirPlaceAndNothingIsWritten() {
    desired("page-size: { value: many, type: int }", "log level: info");

    Cli.Result applied = kv("apply");

    assertThat(applied.exit()).as(applied.toString()).isEqualTo(2);
    assertThat(applied.err())
        .contains("cart.yaml:2:23  expected a whole number such as 20, without quotes")
        .contains("cart.yaml:3:3  \"log level\" is not a name");
    assertThat(ask("GET", "/v1/kv/" + PAGE_SIZE, "").statusCode()).isEqualTo(404);
  }

  @Test
  void verifyWritesToTheSameStoreAndBothGoOn() {
    desired("page-size: 20");
    assertThat(kv("apply").exit()).isZero();

    Cli.Result verified = RunningPlatform.platform("verify", "--journey", "sign-in", "-o", "json");

    assertThat(verified.json().path("checks"))
        .filteredOn(check -> check.path("id").asText().equals("kv/seen"))
        .isNotEmpty()
        .allSatisfy(check -> assertThat(check.path("verdict").asText()).isEqualTo("pass"));
    assertThat(kv("diff").exit()).isZero();
  }

  private void desired(String... lines) {
    try {
      Files.writeString(
          files.resolve("cart.yaml"), "keys:\n  " + String.join("\n  ", lines) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Cli.Result kv(String... words) {
    String[] args = new String[words.length + 6];
    args[0] = "kv";
    System.arraycopy(words, 0, args, 1, words.length);
    String[] rest = {"cart", "--files", files.toString(), "-o", "json"};
    System.arraycopy(rest, 0, args, words.length + 1, rest.length);
    return RunningPlatform.platform(args);
  }

  private static JsonNode configOfCart() {
    return Cli.json(get("http://127.0.0.1:" + adminPortOf("cart") + "/config").body());
  }

  private static int adminPortOf(String service) {
    for (var container : RunningPlatform.containers(RunningPlatform.NAME)) {
      if (service.equals(container.getLabels().get("com.docker.compose.service"))) {
        for (var port : container.getPorts()) {
          if (Integer.valueOf(9464).equals(port.getPrivatePort()) && port.getPublicPort() != null) {
            return port.getPublicPort();
          }
        }
      }
    }
    throw new AssertionError(service + " publishes no admin port");
  }

  private static void put(String key, String value) {
    assertThat(ask("PUT", "/v1/kv/" + key, value).statusCode()).isEqualTo(200);
  }

  private static String value(String key) {
    return ask("GET", "/v1/kv/" + key + "?raw=true", "").body();
  }

  private static JsonNode entry(String key) {
    return Cli.json(ask("GET", "/v1/kv/" + key, "").body()).get(0);
  }

  private static HttpResponse<String> ask(String method, String path, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(consul + path))
            .method(method, BodyPublishers.ofString(body))
            .build());
  }

  private static HttpResponse<String> get(String url) {
    return send(HttpRequest.newBuilder(URI.create(url)).build());
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
