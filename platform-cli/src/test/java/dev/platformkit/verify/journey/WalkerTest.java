package dev.platformkit.verify.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.backend.FakeServer;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
  void whatAWrongAnswerHoldsOfSecretsIsNotTold() {
    gateway.on("POST /v1/sessions", 200, "{\"token\": \"eyJraWQ\", \"name\": \"u1\"}");

    assertThat(walk().steps().get(0).observed())
        .isEqualTo("200 {\"token\": \"…\", \"name\": \"u1\"}");
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

  @Test
  void aStepIsSentAsOftenAsItAsksFor() {
    Walk walk = walk("get: /v1/cart\n    times: 5\n    expect: { status: 200 }");

    assertThat(walk.complete()).isTrue();
    assertThat(gateway.calls()).hasSize(5).containsOnly("GET /v1/cart");
    assertThat(walk.everyTraceId()).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void oneWrongAnswerAmongManyIsWrong() {
    AtomicInteger asked = new AtomicInteger();
    gateway.on(
        "GET /v1/cart", a -> new FakeServer.Answer(asked.incrementAndGet() == 3 ? 500 : 200, "{}"));

    Walk walk = walk("get: /v1/cart\n    times: 5\n    expect: { status: 200 }");

    assertThat(walk.complete()).isFalse();
    assertThat(gateway.calls()).hasSize(3);
  }

  @Test
  void whatIsSentAtOnceIsUnderWayAtTheSameMoment() {
    CountDownLatch all = new CountDownLatch(6);
    gateway.on(
        "GET /v1/cart",
        asked -> {
          all.countDown();
          return new FakeServer.Answer(arrived(all) ? 200 : 500, "{}");
        });

    Walk walk = walk("get: /v1/cart\n    times: 6\n    at_once: 6\n    expect: { status: 200 }");

    assertThat(walk.complete()).as(walk.toString()).isTrue();
  }

  @Test
  void ofSeveralStatusesEachIsTheStatusOfSomeAnswer() {
    String hurry = "get: /v1/cart\n    times: 4\n    expect: { status: [200, 429] }";
    AtomicInteger asked = new AtomicInteger();
    gateway.on(
        "GET /v1/cart", a -> new FakeServer.Answer(asked.incrementAndGet() > 3 ? 429 : 200, "{}"));

    assertThat(walk(hurry).complete()).isTrue();

    gateway.on("GET /v1/cart", "{}");
    Walk unlimited = walk(hurry);

    assertThat(unlimited.complete()).isFalse();
    assertThat(unlimited.requests().filter(step -> !step.good()))
        .extracting(StepRun::observed)
        .containsExactly("no 429 among 4 answers");
  }

  @Test
  void whenEachStatusWasAnsweredNoMoreIsAsked() {
    AtomicInteger asked = new AtomicInteger();
    gateway.on(
        "GET /v1/cart",
        a -> new FakeServer.Answer(asked.incrementAndGet() % 2 == 0 ? 429 : 200, "{}"));

    Walk walk = walk("get: /v1/cart\n    times: 9\n    expect: { status: [200, 429] }");

    assertThat(walk.complete()).isTrue();
    assertThat(gateway.calls()).hasSize(2);
  }

  @Test
  void whatComesAMomentLaterIsAwaited() {
    AtomicInteger asked = new AtomicInteger();
    gateway.on(
        "GET /v1/cart",
        a ->
            asked.incrementAndGet() < 3
                ? new FakeServer.Answer(404, "not yet")
                : new FakeServer.Answer(200, "{\"state\":\"CONFIRMED\"}"));

    Walk walk =
        walk(
            "get: /v1/cart\n    await: true\n"
                + "    expect: { status: 200, body: { $.state: CONFIRMED } }");

    assertThat(walk.complete()).isTrue();
    assertThat(walk.steps().get(0).observed()).isEqualTo("200");
    assertThat(walk.echoes()).extracting(StepRun::observed).containsOnly("not yet: 404 not yet");
  }

  @Test
  void whatNeverComesIsWrong() {
    gateway.on("GET /v1/cart", 404, "nothing here");

    Walk walk = walk("get: /v1/cart\n    await: true\n    expect: { status: 200 }");

    assertThat(walk.complete()).isFalse();
    assertThat(walk.steps().get(0).observed()).isEqualTo("404 nothing here");
  }

  @Test
  void anEchoedStepIsSentManyTimesAndStopsWhereItIsTooMuch() {
    Walker walker = new Walker(gateway.as("gateway"));

    Walk walk = walker.walk(Journeys.shopping(), "u1", "s3cret", Set.of("view"));

    assertThat(walk.complete()).isTrue();
    assertThat(walk.echoes("view")).hasSize(12);
    assertThat(walk.echoes("log-in")).isEmpty();

    AtomicInteger asked = new AtomicInteger();
    gateway.on(
        "GET /v1/cart", a -> new FakeServer.Answer(asked.incrementAndGet() > 3 ? 429 : 200, "{}"));

    Walk refused = walker.walk(Journeys.shopping(), "u1", "s3cret", Set.of("view"));

    assertThat(refused.complete()).isTrue();
    assertThat(refused.echoes("view")).hasSize(2);
  }

  private static boolean arrived(CountDownLatch all) {
    try {
      return all.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Walk walk(String step) {
    Journey journey =
        JourneyReader.parse(
            "name: one\ntarget: gateway\nsteps:\n  - name: only\n    "
                + step
                + "\nproof:\n  logs: { each: [gateway], lines: exact }\n",
            "one.yaml");
    return new Walker(gateway.as("gateway")).walk(journey, "u1", "s3cret", Set.of());
  }

  private Walk walk() {
    return new Walker(gateway.as("gateway")).walk(Journeys.shopping(), "u1", "s3cret", Set.of());
  }
}
