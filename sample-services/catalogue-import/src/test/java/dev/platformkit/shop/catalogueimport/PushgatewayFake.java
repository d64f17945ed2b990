package dev.platformkit.shop.catalogueimport;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes what is pushed, or does not. */
final class PushgatewayFake implements AutoCloseable {
  private final HttpServer server;
  private final List<Push> pushes = new CopyOnWriteArrayList<>();
  private volatile int status = 200;

  record Push(String method, String path, String body) {}

  PushgatewayFake() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            pushes.add(
                new Push(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), body));
            byte[] answer = "pushed metrics are invalid".getBytes(UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void answers(int code) {
    status = code;
  }

  List<Push> pushes() {
    return pushes;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
