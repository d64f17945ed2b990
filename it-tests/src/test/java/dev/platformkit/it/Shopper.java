package dev.platformkit.it;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** A customer who is signed in and has a product in the cart. */
final class Shopper {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Far longer than the gateway waits for anybody. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String gateway;
  private final String account;
  private final String token;
  private final JsonNode product;

  private Shopper(String gateway) {
    this.gateway = gateway;
    String name = "shopper-" + UUID.randomUUID();
    account = "{\"name\":\"%s\",\"password\":\"a good one, %s\"}".formatted(name, name);
    expect(201, send("POST", "/v1/users", account, ""));
    token = expect(201, logIn()).path("token").asText();
    product = expect(200, send("GET", "/v1/products", "", "")).at("/products/0");
    String item = "{\"product_id\":\"%s\",\"quantity\":1}".formatted(product.path("id").asText());
    expect(201, send("POST", "/v1/cart/items", item, token));
  }

  /** Comes to the shop behind this address for the first time, as soon as it lets anybody in. */
  static Shopper comesTo(String gateway) {
    return await("a shopper gets in")
        .atMost(Duration.ofMinutes(2))
        .pollDelay(Duration.ZERO)
        .ignoreException(NotNow.class)
        .until(() -> new Shopper(gateway), shopper -> true);
  }

  /** What is in the cart, as it was put there. */
  JsonNode product() {
    return product;
  }

  /** Looks into the cart. */
  Answer cart() {
    return send("GET", "/v1/cart", "", token);
  }

  Answer logIn() {
    return send("POST", "/v1/sessions", account, "");
  }

  Answer categories() {
    return send("GET", "/v1/categories", "", "");
  }

  private static JsonNode expect(int status, Answer answer) {
    if (answer.status() != status) {
      throw new NotNow("not " + status + ": " + answer);
    }
    return answer.json();
  }

  /** A shop that has only just started, or a machine that has much else to do. */
  private static final class NotNow extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotNow(String told) {
      super(told);
    }
  }

  private Answer send(String method, String path, String body, String bearer) {
    String trace = UUID.randomUUID().toString().replace("-", "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(gateway + path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("traceparent", "00-%s-%s-01".formatted(trace, trace.substring(16)))
            .method(method, BodyPublishers.ofString(body));
    if (!bearer.isEmpty()) {
      request.header("Authorization", "Bearer " + bearer);
    }
    long sent = System.nanoTime();
    try {
      var answer = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Answer(
          trace,
          sent,
          System.nanoTime(),
          answer.statusCode(),
          answer.headers().map(),
          answer.body());
    } catch (IOException e) {
      return new Answer(trace, sent, System.nanoTime(), 0, Map.of(), e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(trace, sent, System.nanoTime(), 0, Map.of(), e.toString());
    }
  }
}
