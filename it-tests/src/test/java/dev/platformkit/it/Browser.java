package dev.platformkit.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Chromium without a screen in a container without network, spoken to by its DevTools protocol:
 * JSON messages that end in a zero byte.
 */
final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final OutputStream out;
  private final InputStream in;
  private final List<JsonNode> events = new ArrayList<>();
  private final StringBuilder errors = new StringBuilder();
  private final CompletableFuture<Void> errorsRead;
  private String session = "";
  private int lastId;

  private Browser(Process process) {
    this.process = process;
    this.out = process.getOutputStream();
    this.in = process.getInputStream();
    this.errorsRead =
        CompletableFuture.runAsync(
            () ->
                process
                    .errorReader()
                    .lines()
                    .forEach(
                        line -> {
                          synchronized (errors) {
                            errors.append(line).append('\n');
                          }
                        }));
  }

  /** A browser that sees the files of a folder under {@code /pages}, and nothing else. */
  static Browser open(String image, Path folder) {
    List<String> command =
        List.of(
            "docker",
            "run",
            "--rm",
            "--interactive",
            "--init",
            "--network=none",
            "--cap-drop=ALL",
            "--security-opt=no-new-privileges",
            "--volume=" + folder.toAbsolutePath() + ":/pages:ro",
            image);
    try {
      Browser browser = new Browser(new ProcessBuilder(command).start());
      String target =
          browser
              .call("Target.createTarget", p -> p.put("url", "about:blank"))
              .at("/targetId")
              .asText();
      browser.session =
          browser
              .call("Target.attachToTarget", p -> p.put("targetId", target).put("flatten", true))
              .at("/sessionId")
              .asText();
      for (String domain : List.of("Page", "Network", "Runtime", "Log", "Accessibility")) {
        browser.call(domain + ".enable");
      }
      return browser;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens a page of the folder and waits until all of it is there. */
  void go(String page) {
    events.clear();
    JsonNode answer = call("Page.navigate", p -> p.put("url", "file:///pages/" + page));
    if (answer.has("errorText")) {
      throw new AssertionError(page + ": " + answer);
    }
    await(event -> event.path("method").asText().equals("Page.loadEventFired"));
  }

  /** A window of a size, as a screen or as paper shows it. */
  void show(String media, int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        p ->
            p.put("width", width)
                .put("height", height)
                .put("deviceScaleFactor", 1)
                .put("mobile", false));
    call("Emulation.setEmulatedMedia", p -> p.put("media", media));
  }

  /** What an expression comes to, by value. */
  JsonNode value(String expression) {
    JsonNode answer =
        call("Runtime.evaluate", p -> p.put("expression", expression).put("returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer);
    }
    return answer.at("/result/value");
  }

  /** What a screen reader is told: every node that is not left out, in the page's order. */
  List<Spoken> spoken() {
    JsonNode nodes = call("Accessibility.getFullAXTree").path("nodes");
    Map<String, JsonNode> byId = new HashMap<>();
    nodes.forEach(node -> byId.put(node.path("nodeId").asText(), node));
    Deque<JsonNode> open = new ArrayDeque<>(List.of(nodes.get(0)));
    List<Spoken> spoken = new ArrayList<>();
    while (!open.isEmpty()) {
      JsonNode node = open.pop();
      if (!node.path("ignored").asBoolean()) {
        String role = node.at("/role/value").asText();
        spoken.add(new Spoken(role, node.at("/name/value").asText(), level(node)));
      }
      JsonNode children = node.path("childIds");
      for (int i = children.size() - 1; i >= 0; i--) {
        Optional.ofNullable(byId.get(children.get(i).asText())).ifPresent(open::push);
      }
    }
    return spoken;
  }

  private static int level(JsonNode node) {
    for (JsonNode property : node.path("properties")) {
      if (property.path("name").asText().equals("level")) {
        return property.at("/value/value").asInt();
      }
    }
    return 0;
  }

  /** A node as a screen reader is told of it. */
  record Spoken(String role, String name, int level) {}

  /** What has happened of a kind since the page was opened. */
  List<JsonNode> events(String method) {
    call("Runtime.evaluate", p -> p.put("expression", "1")); // what came before its answer is there
    return events.stream()
        .filter(event -> event.path("method").asText().equals(method))
        .map(event -> event.path("params"))
        .toList();
  }

  private JsonNode call(String method) {
    return call(method, p -> {});
  }

  private JsonNode call(String method, Consumer<ObjectNode> parameters) {
    lastId++;
    int id = lastId;
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    parameters.accept(message.putObject("params"));
    try {
      out.write(message.toString().getBytes(UTF_8));
      out.write(0);
      out.flush();
    } catch (IOException e) {
      throw new AssertionError("the browser does not listen\n" + errors, e);
    }
    JsonNode answer = await(read -> read.path("id").asInt() == id);
    if (answer.has("error")) {
      throw new AssertionError(method + ": " + answer);
    }
    return answer.path("result");
  }

  /** Reads up to a message; events before it are kept. */
  private JsonNode await(Predicate<JsonNode> wanted) {
    try {
      return CompletableFuture.supplyAsync(() -> read(wanted))
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (ExecutionException | TimeoutException e) {
      process.destroy();
      throw new AssertionError("the browser does not answer\n" + errors, e);
    }
  }

  private JsonNode read(Predicate<JsonNode> wanted) {
    try {
      while (true) {
        JsonNode message = JSON.readTree(bytes());
        if (message.has("method")) {
          events.add(message);
        }
        if (wanted.test(message)) {
          return message;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] bytes() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    for (int c = in.read(); c != 0; c = in.read()) {
      if (c < 0) {
        throw new IOException("the browser has ended");
      }
      message.write(c);
    }
    return message.toByteArray();
  }

  @Override
  public void close() {
    try {
      out.close(); // Chromium ends when nobody can speak to it any more
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroy();
      }
      errorsRead.get(20, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
