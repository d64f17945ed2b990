package dev.platformkit.verify.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.platformkit.backend.Elasticsearch;
import dev.platformkit.backend.Span;
import dev.platformkit.engine.Container;
import dev.platformkit.engine.LogLine;
import dev.platformkit.verify.Exhibits;
import dev.platformkit.verify.Exhibits.InStore;
import dev.platformkit.verify.FakePlatform;
import dev.platformkit.verify.journey.Journeys;
import dev.platformkit.verify.journey.Walk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SeenTest {
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
  private static final String QUERY = "calls_total{service=\"cart\"}";
  private static final Walk WALK = Journeys.walk(START, START, "t1", "t2");

  private final FakePlatform platform = new FakePlatform().running("gateway", "cart");
  private final Container gateway = platform.containers().get(0);
  private final Container cart = platform.containers().get(1);
  private final Seen seen = new Seen(WALK);

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void nothingIsSeenAtFirst() {
    assertThat(seen.exhibits()).isEqualTo(Exhibits.none());
  }

  @Test
  void linesOfAllContainersStandInTheOrderInWhichTheyWereWritten() {
    seen.written(gateway, List.of(line(1, "first t1"), line(3, "third t2")));
    seen.written(cart, List.of(line(2, "second t2"), line(4, "of somebody else")));

    assertThat(seen.exhibits().lines())
        .extracting(Exhibits.Line::text)
        .containsExactly("first t1", "second t2", "third t2");
    assertThat(seen.exhibits().lines())
        .extracting(Exhibits.Line::service, Exhibits.Line::traceId)
        .contains(tuple("cart", "t2"));
  }

  @Test
  void aLineIsUnknownUntilTheStoreWasSeenAndThenStoredOrMissing() {
    seen.written(gateway, List.of(line(1, "one t1\n"), line(2, "one t1\n"), line(3, "two t1")));
    assertThat(inStore()).containsExactly(InStore.UNKNOWN, InStore.UNKNOWN, InStore.UNKNOWN);

    seen.stored(List.of(stored("one t1")));

    assertThat(inStore()).containsExactly(InStore.STORED, InStore.MISSING, InStore.MISSING);
  }

  @Test
  void whatTheStoreHoldsBeyondThatIsDoubledOrAltered() {
    seen.written(gateway, List.of(line(1, "one t1")));
    seen.stored(
        List.of(
            stored("one t1"),
            stored("one t1"),
            stored("{\"@timestamp\":\"2026-01-01T12:00:00.500Z\",\"m\":\"one\"}")));

    assertThat(inStore()).containsExactly(InStore.ALTERED, InStore.STORED, InStore.DOUBLED);
    assertThat(seen.exhibits().count(List.of(InStore.DOUBLED))).isEqualTo(1);
  }

  @Test
  void aLineNamesItsLevelInOneOfTheUsualWays() {
    seen.written(
        gateway,
        List.of(
            line(1, "{\"log.level\":\"WARN\",\"trace.id\":\"t1\"}"),
            line(2, "{\"log\":{\"level\":\"info\"},\"trace.id\":\"t1\"}"),
            line(3, "{\"severity\":\"ERROR\",\"trace.id\":\"t1\"}"),
            line(4, "{\"level\":30,\"trace.id\":\"t1\"}"),
            line(5, "{ no JSON t1")));

    assertThat(seen.exhibits().lines())
        .extracting(line -> line.level().orElse("none"))
        .containsExactly("WARN", "info", "ERROR", "none", "none");
  }

  @Test
  void theLastLookAtATraceCounts() {
    seen.trace(WALK.steps().get(1), List.of());
    seen.trace(WALK.steps().get(1), List.of(span("late", 9), span("early", 1)));

    Exhibits.Trace trace = seen.exhibits().traces().get(0);
    assertThat(trace.step()).isEqualTo("view");
    assertThat(trace.spans()).extracting(Exhibits.Span::id).containsExactly("early", "late");
    assertThat(trace.spans().get(0).kind()).isEqualTo("server");
    assertThat(trace.spans().get(0).took()).isEqualTo(Duration.ofMillis(5));
  }

  @Test
  void aRiseIsTheSumOfItsSeries() {
    seen.sample(QUERY, Map.of("method", "a"), 1, 2, 1);
    seen.sample(QUERY, Map.of("method", "b"), 9, 0, 0);
    seen.sample(QUERY, Map.of("method", "b"), 9, 2, 2);
    seen.exemplar(QUERY, "t2");

    Exhibits.Rise rise = seen.exhibits().rises().get(0);
    assertThat(rise.series()).hasSize(2);
    assertThat(rise.before()).isEqualTo(10);
    assertThat(rise.after()).isEqualTo(4);
    assertThat(rise.risen()).as("the second one started anew").isEqualTo(3);
    assertThat(rise.exemplar()).contains("t2");
  }

  private List<InStore> inStore() {
    return seen.exhibits().lines().stream().map(Exhibits.Line::inStore).toList();
  }

  private static LogLine line(int second, String text) {
    return new LogLine(START.plusSeconds(second), "stdout", text);
  }

  private Elasticsearch.Line stored(String original) {
    return new Elasticsearch.Line(gateway.id(), "gateway", "t1", original);
  }

  private static Span span(String id, int second) {
    Instant start = START.plusSeconds(second);
    return new Span(
        "t2",
        id,
        "",
        "cart",
        "GetCart",
        Span.Kind.SERVER,
        false,
        start,
        start.plusMillis(5),
        Map.of());
  }
}
