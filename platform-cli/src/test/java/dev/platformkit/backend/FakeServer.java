package dev.platformkit.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import okhttp3.OkHttpClient;

/** A server that answers what a test tells it to, and remembers what it was asked. */
public final class FakeServer implements AutoCloseable {
  private final HttpServer http;
  private final Map<String, Function<Asked, Answer>> routes = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** A request as it came. */
  public record Asked(
      String method,
      String path,
      String query,
      String body,
      String traceparent,
      Map<String, String> headers) {}

  /** What is answered. */
  public record Answer(int status, String body) {}

  public FakeServer() {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "fake-server");
              thread.setDaemon(true);
              return thread;
            }));
    http.createContext("/", this::handle);
    http.start();
  }

  /** Answers 200 with this body from now on. */
  public FakeServer on(String methodAndPath, String body) {
    return on(methodAndPath, 200, body);
  }

  public FakeServer on(String methodAndPath, int status, String body) {
    return on(methodAndPath, asked -> new Answer(status, body));
  }

  public FakeServer on(String methodAndPath, Function<Asked, Answer> answer) {
    routes.put(methodAndPath, answer);
    return this;
  }

  /** What it was asked so far. */
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** Method and path of what it was asked so far. */
  public List<String> calls() {
    return asked.stream().map(a -> a.method() + " " + a.path()).toList();
  }

  public int port() {
    return http.getAddress().getPort();
  }

  /** This server for a client under a name. */
  public dev.platformkit.backend.HttpServer as(String name) {
    OkHttpClient client = dev.platformkit.backend.HttpServer.client();
    return dev.platformkit.backend.HttpServer.at(client, name, "http://127.0.0.1:" + port() + "/");
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Asked request =
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath(),
              String.valueOf(exchange.getRequestURI().getQuery()),
              new String(exchange.getRequestBody().readAllBytes(), UTF_8),
              String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")),
              headers(exchange));
      asked.add(request);
      Answer answer =
          routes
              .getOrDefault(
                  request.method() + " " + request.path(), r -> new Answer(404, "not here"))
              .apply(request);
      byte[] body = answer.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static Map<String, String> headers(HttpExchange exchange) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
    return headers;
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
