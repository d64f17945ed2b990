package dev.platformkit.kit.consul;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * As much of a Consul agent's HTTP interface as our client uses; it answers at once, and takes
 * everybody for critical.
 */
final class FakeAgent implements AutoCloseable {
  final List<String> asked = new CopyOnWriteArrayList<>();
  final Map<String, String> registered = new ConcurrentHashMap<>();
  volatile String healthy = "[]";
  volatile String names = "{\"consul\":[],\"alert-inbox\":[],\"product\":[\"grpc\"]}";
  volatile String keys = "[]";
  volatile long index = 7;
  volatile boolean broken;
  volatile String lastEntry = "";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  FakeAgent() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      asked.add(exchange.getRequestURI().toString());
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      if (broken) {
        exchange.sendResponseHeaders(500, -1);
      } else if (path.equals("/v1/agent/service/register")) {
        registered.put("product-1", body);
        lastEntry = body;
        send(exchange, "");
      } else if (path.startsWith("/v1/agent/service/deregister/")) {
        registered.remove(path.substring("/v1/agent/service/deregister/".length()));
        send(exchange, "");
      } else if (path.equals("/v1/agent/services")) {
        send(
            exchange,
            each(
                "\"%1$s\":{\"ID\":\"%1$s\",\"Service\":\"product\","
                    + "\"Address\":\"10.0.0.1\",\"Port\":50051}"));
      } else if (path.equals("/v1/agent/checks")) {
        send(
            exchange,
            each(
                "\"service:%1$s\":{\"CheckID\":\"service:%1$s\",\"ServiceID\":\"%1$s\","
                    + "\"Status\":\"critical\"}"));
      } else if (path.startsWith("/v1/health/service/")) {
        send(exchange, healthy);
      } else if (path.equals("/v1/catalog/services")) {
        send(exchange, names);
      } else {
        send(exchange, keys);
      }
    }
  }

  private String each(String form) {
    return registered.keySet().stream()
        .map(form::formatted)
        .collect(Collectors.joining(",", "{", "}"));
  }

  private void send(HttpExchange exchange, String json) throws IOException {
    exchange.getResponseHeaders().set("X-Consul-Index", Long.toString(index));
    exchange.getResponseHeaders().set("X-Consul-KnownLeader", "true");
    exchange.getResponseHeaders().set("X-Consul-LastContact", "0");
    byte[] bytes = json.getBytes(UTF_8);
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
