package dev.platformkit.verify.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.backend.FakeServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WalkerTest {
  private final FakeServer gateway =
      new FakeServer()
          .on("POST /v1/sessions", 201, "{\"name\":\"u1\",\"token\":\"abc\"}")
          .on("GET /v1/cart", "{}");

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void everyStepAnnouncesATraceOfItsOwn() {
    Walk walk = walk();

    assertThat(walk.complete()).isTrue();
    assertThat(walk.traceIds()).doesNotHaveDuplicates().hasSize(2);
    for (int i = 0; i < 2; i++) {
      StepRun step = walk.steps().get(i);
      assertThat(gateway.asked().get(i).traceparent())
          .isEqualTo("00-" + step.traceId() + "-" + step.spanId() + "-01");
    }
  }

  @Test
  void templatesAreFilledAndAnswersCaptured() {
    Walk walk = walk();

    assertThat(gateway.asked().get(0).body())
        .isEqualTo("{\"name\":\"u1\",\"password\":\"s3cret\",\"remember\":true,\"tries\":2}");
    assertThat(walk.values()).containsEntry("token", "abc");
  }

  @Test
  void theFirstWrongAnswerEndsIt() {
    gateway.on("POST /v1/sessions", 503, "too busy");

    Walk walk = walk();

    assertThat(walk.complete()).isFalse();
    assertThat(walk.steps())
        .singleElement()
        .extracting(StepRun::observed)
        .isEqualTo("503 too busy");
  }

  @Test
  void anAnswerWithAnotherValueIsWrong() {
    gateway.on("POST /v1/sessions", 201, "{\"name\":\"somebody\",\"token\":\"abc\"}");

    assertThat(walk().steps().get(0).observed()).startsWith("$.name is somebody in 201");
  }

  @Test
  void anAnswerWithoutWhatIsToBeCapturedIsWrong() {
    gateway.on("POST /v1/sessions", 201, "{\"name\":\"u1\"}");

    assertThat(walk().steps().get(0).observed()).startsWith("no $.token in 201");
  }

  @Test
  void aTargetThatIsGoneIsAWrongAnswer() {
    gateway.close();

    StepRun step = walk().steps().get(0);

    assertThat(step.good()).isFalse();
    assertThat(step.observed()).contains("gateway: POST").contains("no answer");
  }

  private Walk walk() {
    return new Walker(gateway.as("gateway")).walk(Journeys.shopping(), "u1", "s3cret");
  }
}
