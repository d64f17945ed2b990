package dev.platformkit.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Customers who are none of verify's: requests to every service of a platform, all the time, until
 * closed. Each kind comes at its own pace, or as fast as it is answered where that is slower.
 */
final class Traffic implements AutoCloseable {
  private static final Pattern TOKEN = Pattern.compile("\"token\"\\s*:\\s*\"([^\"]+)\"");
  private static final Pattern PRODUCT = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");

  private final HttpClient http = HttpClient.newHttpClient();
  private final ScheduledExecutorService customers = Executors.newScheduledThreadPool(4);
  private final List<ScheduledFuture<?>> kinds = new ArrayList<>();
  private final AtomicLong answered = new AtomicLong();

  /** Begins on the services of the samples and, where there are any, the strangers. */
  static Traffic on(String platform, boolean strangers) {
    Traffic traffic = new Traffic();
    traffic.shop(FaultPlatform.address(platform, "api-gateway", 8080));
    String inbox = FaultPlatform.address(platform, "alert-inbox", 8080);
    traffic.every(100, () -> traffic.send("GET", inbox + "/api/notifications?run=none", "", ""));
    if (strangers) {
      String notes = FaultPlatform.address(platform, "notes", 8080);
      traffic.every(
          25,
          () -> traffic.send("POST", notes + "/notes", "{\"text\":\"hello\",\"pin\":\"1\"}", ""));
    }
    return traffic;
  }

  /** How many requests were answered as they should be. */
  long answered() {
    return answered.get();
  }

  private void shop(String gateway) {
    String name = "customer-" + UUID.randomUUID();
    String who = "{\"name\":\"%s\",\"password\":\"a good one, %s\"}".formatted(name, name);
    send("POST", gateway + "/v1/users", who, "");
    String token = first(TOKEN, send("POST", gateway + "/v1/sessions", who, ""));
    String product = first(PRODUCT, send("GET", gateway + "/v1/products", "", ""));
    String item = "{\"product_id\":\"%s\",\"quantity\":1}".formatted(product);
    every(25, () -> send("GET", gateway + "/v1/products", "", ""));
    every(50, () -> send("POST", gateway + "/v1/cart/items", item, token));
    every(50, () -> send("GET", gateway + "/v1/cart", "", token));
    // Passwords are slow to check, and meant to be.
    every(500, () -> send("POST", gateway + "/v1/sessions", who, ""));
  }

  private void every(int millis, Runnable request) {
    kinds.add(customers.scheduleAtFixedRate(request, 0, millis, TimeUnit.MILLISECONDS));
  }

  private String send(String method, String url, String body, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(5))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      var answer = http.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() / 100 == 2) {
        answered.incrementAndGet();
      }
      return answer.body();
    } catch (IOException e) {
      return ""; // a service that a test broke; how many were answered is told apart
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("no " + pattern + " in: " + text);
    }
    return matcher.group(1);
  }

  /** Ends it; fails where some kind of request had ended before. */
  @Override
  public void close() {
    boolean ended = kinds.stream().anyMatch(ScheduledFuture::isDone);
    customers.shutdownNow();
    if (ended) {
      throw new AssertionError("some of the traffic ended by itself");
    }
  }
}
