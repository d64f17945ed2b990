package dev.platformkit.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.platformkit.stack.Readiness;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpAskerTest {
  private HttpServer server;
  private int status = 200;
  private String body = "";

  @BeforeEach
  void aServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void anAnswerOfTwoHundredIsReady() {
    assertThat(ask(Optional.empty())).isEmpty();
  }

  @Test
  void anotherAnswerIsTold() {
    status = 503;
    body = "starting\nup";

    assertThat(ask(Optional.empty())).contains(url() + " answers 503 starting up");
  }

  @Test
  void anAnswerWithoutTheExpectedTextIsTold() {
    body = "\"\"";

    assertThat(ask(Optional.of(":8300"))).contains(url() + " answers without \":8300\": \"\"");
  }

  @Test
  void nobodyListeningIsTold() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }

    assertThat(new HttpAsker().ask(new Readiness.Http(1, "/x", Optional.empty()), free))
        .contains("http://127.0.0.1:" + free + "/x refuses the connection");
  }

  private Optional<String> ask(Optional<String> expected) {
    return new HttpAsker()
        .ask(new Readiness.Http(1, "/ready", expected), server.getAddress().getPort());
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/ready";
  }
}
