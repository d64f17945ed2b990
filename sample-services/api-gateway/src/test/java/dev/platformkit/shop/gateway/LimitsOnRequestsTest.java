package dev.platformkit.shop.gateway;

import static dev.platformkit.shop.gateway.GatewayFixture.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.kit.http.HttpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that are too large or too slow, byte by byte as they come over the wire. */
class LimitsOnRequestsTest {
  private static final int LARGEST_BODY = 256 * 1024;

  private final FakeShop shop = new FakeShop();
  private GatewayFixture gateway;

  @BeforeEach
  void start() throws Exception {
    start(PATIENCE);
  }

  private void start(Duration patience) throws Exception {
    gateway =
        new GatewayFixture(
                PATIENCE,
                Discovery.Pace.usual(),
                HttpSettings.usual().withPatience(patience),
                good -> {})
            .with("user", shop.users())
            .ready();
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  @Test
  void aBodyOfTheLargestSizeIsTaken() throws IOException {
    assertThat(sent(head(LARGEST_BODY) + body(LARGEST_BODY))).startsWith("HTTP/1.1 201");
  }

  @Test
  void aBodyThatIsLargerIsNot() throws IOException {
    assertThat(sent(head(LARGEST_BODY + 1) + body(LARGEST_BODY + 1)))
        .startsWith("HTTP/1.1 413")
        .contains("application/problem+json", "longer than 262144 bytes");
  }

  @Test
  void aBodyOfUnknownLengthIsNotTakenForShort() throws IOException {
    String chunk = "8000\r\n" + " ".repeat(0x8000) + "\r\n";
    String head = head("Transfer-Encoding: chunked");

    assertThat(sent(head + chunk.repeat(9) + "0\r\n\r\n")).startsWith("HTTP/1.1 413");
  }

  @Test
  void headersThatAreTooLongAreRefused() throws IOException {
    assertThat(sent("GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(9000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431")
        .contains("application/problem+json");
  }

  @Test
  void aPathThatIsTooLongIsRefused() throws IOException {
    assertThat(sent("GET /" + "x".repeat(9000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
        .startsWith("HTTP/1.1 414");
  }

  @Test
  void whoDoesNotFinishTheHeadersIsToldToBeQuicker() throws Exception {
    stop();
    start(Duration.ofMillis(300));

    assertThat(sent("GET /v1/users/me HTTP/1.1\r\nHost: x\r\nX-A: b"))
        .startsWith("HTTP/1.1 408")
        .contains("application/problem+json", "headers take too long");
  }

  @Test
  void whoDoesNotFinishTheBodyIsToldToBeQuicker() throws Exception {
    stop();
    start(Duration.ofMillis(300));

    assertThat(sent(head(100) + "{\"name\":"))
        .startsWith("HTTP/1.1 408")
        .contains("body takes too long");
  }

  private static String head(int length) {
    return head("Content-Length: " + length);
  }

  private static String head(String framing) {
    return "POST /v1/users HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + framing + "\r\n\r\n";
  }

  private static String body(int length) {
    String json = "{\"name\":\"ann\"}";
    return json + " ".repeat(length - json.length());
  }

  /** All that comes back until the other side hangs up. */
  private String sent(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
