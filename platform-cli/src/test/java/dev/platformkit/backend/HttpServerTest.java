package dev.platformkit.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class HttpServerTest {
  @Test
  void aWrongAnswerIsToldWithServerUrlExpectationAndWhatCame() {
    try (FakeServer fake = new FakeServer().on("GET /v1/kv/a", 503, "no\n  leader")) {
      assertThatThrownBy(() -> fake.as("consul").json(HttpCall.get("/v1/kv/a").query("raw", "x y")))
          .isInstanceOf(BackendException.class)
          .hasMessage(
              "consul: GET http://127.0.0.1:%d/v1/kv/a?raw=x%%20y: expected status 2xx, got 503 no leader"
                  .formatted(fake.port()));
    }
  }

  @Test
  void anAnswerThatIsNotJsonIsToldAsSuch() {
    try (FakeServer fake = new FakeServer().on("GET /", "<html>")) {
      assertThatThrownBy(() -> fake.as("consul").json(HttpCall.get("/")))
          .hasMessageContaining("expected JSON, got 200 <html>");
    }
  }

  @Test
  void aServerThatIsGoneIsSilent() {
    FakeServer fake = new FakeServer();
    fake.close();

    assertThatThrownBy(() -> fake.as("jaeger").send(HttpCall.get("/")))
        .isInstanceOfSatisfying(BackendException.class, e -> assertThat(e.answered()).isFalse())
        .hasMessageStartingWith("jaeger: GET http://127.0.0.1:")
        .hasMessageContaining("no answer (");
  }

  @Test
  void aServerThatHangsIsSilentWithinTheTimeout() {
    CountDownLatch never = new CountDownLatch(1);
    try (FakeServer fake =
        new FakeServer()
            .on(
                "GET /",
                asked -> {
                  try {
                    never.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  return new FakeServer.Answer(200, "");
                })) {
      assertThatThrownBy(
              () -> fake.as("jaeger").patient(Duration.ofMillis(100)).send(HttpCall.get("/")))
          .hasMessageContaining("no answer (timeout)");
      never.countDown();
    }
  }

  @Test
  void whatIsSentArrives() {
    try (FakeServer fake = new FakeServer().on("PUT /a", "")) {
      HttpAnswer answer =
          fake.as("x").sendGood(HttpCall.of("PUT", "/a").body("text/plain", "text"));

      assertThat(answer.status()).isEqualTo(200);
      assertThat(fake.asked().get(0).body()).isEqualTo("text");
    }
  }
}
