package dev.platformkit.it.shop;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The gateway as whoever speaks HTTP meets it. */
final class Web {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String base;

  Web(int port) {
    base = "http://127.0.0.1:" + port;
  }

  Reply get(String path, Optional<String> token) {
    return send("GET", path, token, Optional.of("application/json"), "");
  }

  /** Sends JSON. */
  Reply send(String method, String path, Optional<String> token, String body) {
    return send(method, path, token, Optional.of("application/json"), body);
  }

  Reply send(
      String method, String path, Optional<String> token, Optional<String> type, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(PATIENCE)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    type.ifPresent(value -> request.header("Content-Type", value));
    try {
      return new Reply(
          method + " " + path + " " + abridged(body),
          client.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new AssertionError(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Asks without waiting for the answer. */
  CompletableFuture<HttpResponse<String>> later(String path, String token) {
    return client.sendAsync(
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .build(),
        BodyHandlers.ofString());
  }

  private static String abridged(String body) {
    return body.length() > 200 ? body.substring(0, 200) + "…" : body;
  }
}
