package dev.platformkit.verify.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.platformkit.verify.FakePlatform;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Verdict;
import dev.platformkit.verify.flow.SpanFlow;
import dev.platformkit.verify.journey.Journeys;
import dev.platformkit.verify.journey.Walk;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TraceProofTest {
  private static final long NOW = System.currentTimeMillis();
  private static final String GATEWAY = span("gateway", "a1", "announced", 2, 0, "");
  private static final String CLIENT = span("gateway", "a2", "a1", 3, 0, "");
  private static final String SERVER = span("cart", "a3", "a2", 2, 0, "");
  private static final List<String> WHOLE = List.of(GATEWAY, CLIENT, SERVER);

  private static final String LINKS =
      "\"links\":[{\"traceId\":\"t2\",\"spanId\":\"%s\"}],\"status\"".formatted(hex("a6"));

  private String sdk = "";
  private String collected = "";
  private final FakePlatform platform = new FakePlatform().running("jaeger", "gateway", "cart");
  private final TraceProof proof = proof();

  @BeforeEach
  void aHealthyStore() {
    platform.server.on("POST /v1/traces", "{}");
    stored("t2", WHOLE);
    stored("s2", WHOLE);
  }

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void aWholeTracePasses() {
    assertThat(proof.look()).isEqualTo(Finding.pass("3 spans, 2 services, 2 times"));
  }

  @Test
  void aWholeTraceIsNotBelievedBeforeTheSentinelIsThere() {
    stored("s2", List.of(GATEWAY));

    Finding finding = proof.look();

    assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(finding.observed()).contains("[cart]");
  }

  @Test
  void aCallWithoutServerSpanFails() {
    stored("t2", List.of(GATEWAY, CLIENT));

    assertThat(failed().details())
        .anyMatch(d -> d.equals("no call gateway>cart"))
        .anyMatch(d -> d.contains("of gateway has no server span"));
  }

  @Test
  void aCallByAnInternalSpanIsNoCall() {
    stored("t2", List.of(GATEWAY, span("gateway", "a2", "a1", 1, 0, ""), SERVER));

    assertThat(failed().details()).contains("no call gateway>cart");
  }

  @Test
  void aSpanWhoseParentIsMissingFails() {
    stored("t2", List.of(GATEWAY, CLIENT, SERVER, span("cart", "a5", "gone", 1, 0, "")));

    assertThat(failed().details()).anyMatch(d -> d.contains("of cart has lost its parent"));
  }

  @Test
  void aTraceThatWasNotContinuedFails() {
    stored("t2", List.of(GATEWAY, CLIENT, span("cart", "a3", "", 2, 0, "")));

    assertThat(failed().details()).anyMatch(d -> d.contains("of cart has lost its parent"));
  }

  @Test
  void anErrorThatWasNotExpectedFails() {
    stored("t2", List.of(GATEWAY, CLIENT, span("cart", "a3", "a2", 2, 2, "")));

    assertThat(failed().details()).anyMatch(d -> d.contains("of cart has an error"));
  }

  @Test
  void aCallToAStoreNeedsNoServerSpan() {
    stored("t2", List.of(GATEWAY, CLIENT, SERVER, span("cart", "a4", "a3", 3, 0, "db.system")));

    assertThat(proof.look().verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void aMessageThatNobodyHeardFails() {
    stored("t2", List.of(GATEWAY, CLIENT, SERVER, span("gateway", "a6", "a1", 4, 0, "")));

    assertThat(failed().details()).contains("producer span \"n\" of gateway has no consumer span");
  }

  @Test
  void whoeverHeardAMessageIsItsChildOrLinkedToIt() {
    String sent = span("gateway", "a6", "a1", 4, 0, "");
    stored("t2", List.of(GATEWAY, CLIENT, SERVER, sent, span("cart", "a7", "a6", 5, 0, "")));
    assertThat(proof.look().verdict()).isEqualTo(Verdict.PASS);

    stored("t2", List.of(GATEWAY, CLIENT, SERVER, sent));
    platform.server.on(
        "GET /api/v3/traces",
        traces(List.of(span("cart", "a7", "", 5, 0, "").replace("\"status\"", LINKS))));
    assertThat(proof().look().verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void aTraceThatDoesNotBeginUnderTheAnnouncedParentFails() {
    stored("t2", List.of(span("gateway", "a1", "a2", 2, 0, ""), CLIENT, SERVER));

    assertThat(failed().details()).contains("no span has the announced parent");
  }

  @Test
  void whenTheSentinelsSpansAreLostWhileOursIsThereItFails() {
    stored("s2", List.of(GATEWAY));
    proof.look();
    oursIsThere();

    await()
        .untilAsserted(
            () ->
                assertThat(failed().observed())
                    .endsWith("spans sent later have not arrived from [cart]"));
  }

  @Test
  void aStepThatIsTornWhereItWasSentAsTheSentinelFails() {
    stored("s1", WHOLE);
    stored("s2", List.of(GATEWAY, CLIENT));

    assertThat(failed().details()).contains("no call gateway>cart");
  }

  @Test
  void aTraceThatIsTornAmongThoseSentAgainFails() {
    TraceProof echoing = proof("e1", "e2");
    stored("e1", WHOLE);
    stored("e2", List.of(GATEWAY, CLIENT));

    Finding finding = echoing.look();

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.observed()).endsWith("sent 3 times more, 1 of those traces are not whole");

    stored("e2", WHOLE);
    assertThat(proof("e1", "e2").look()).isEqualTo(Finding.pass("3 spans, 2 services, 4 times"));
  }

  @Test
  void aServerThatAnswersBeforeItWasAskedHasAClockThatIsOff() {
    stored("t2", List.of(GATEWAY, CLIENT, span("cart", "a3", "a2", 2, 0, "", 120_000)));

    Finding finding = failed();

    assertThat(finding.observed()).isEqualTo("clock of cart is 120 s behind, as seen from gateway");
    assertThat(proof.explain(finding).hop()).contains("created");
  }

  @Test
  void whenAllClocksOfATraceAreOffThisMachineTellsSo() {
    stored("t2", List.of(span("gateway", "a1", "announced", 2, 0, "", -60_000), CLIENT, SERVER));

    assertThat(failed().observed())
        .isEqualTo("clock of gateway is 60 s ahead, as seen from this machine");
  }

  @Test
  void aServiceThatBeganATraceOfItsOwnWasNotTold() {
    stored("t2", List.of(GATEWAY, CLIENT));
    platform.server.on(
        "GET /api/v3/traces", traces(List.of(span("cart", "a9", "", 2, 0, "", -100))));

    Finding explained = proof.explain(failed());

    assertThat(explained.hop()).contains("created");
    assertThat(explained.way().hops().get(0).observed()).contains("cart began 1 traces of its own");
  }

  @Test
  void whatAServiceEndedAndDidNotExportIsLostBetween() {
    counters(10, 10, 0);
    TraceProof held = proof();
    TraceProof failed = proof();
    stored("t2", List.of(GATEWAY, CLIENT));
    counters(30, 20, 0);
    assertThat(held.explain(held.look()).hop()).contains("created -> exported");

    counters(30, 20, 10);
    assertThat(failed.explain(failed.look()).hop()).contains("exported -> received");
  }

  @Test
  void whatTheCollectorDidNotStoreIsLostThere() {
    counters(10, 10, 0);
    collector(100, 100);
    TraceProof counted = proof();
    stored("t2", List.of(GATEWAY, CLIENT));
    counters(30, 30, 0);
    collector(160, 140);

    assertThat(counted.explain(counted.look()).hop()).contains("received -> stored");
  }

  @Test
  void whatWasExportedElsewhereWasNotReceived() {
    counters(10, 10, 0);
    collector(100, 100);
    TraceProof counted = proof();
    stored("t2", List.of(GATEWAY, CLIENT));
    counters(30, 30, 0);
    collector(120, 120);

    assertThat(counted.explain(counted.look()).hop()).contains("exported -> received");
  }

  @Test
  void whatWasStoredAndIsNotFoundAnyMoreIsForgotten() {
    counters(10, 10, 0);
    collector(100, 100);
    TraceProof counted = proof();
    stored("t2", List.of());
    counters(30, 30, 0);
    collector(140, 140);
    platform.server.on("GET /api/v3/traces", traces(List.of(GATEWAY, SERVER)));
    Finding finding = counted.look();
    oursIsThere();

    Finding explained = counted.explain(finding);

    assertThat(explained.hop()).contains("stored -> queryable");
    assertThat(explained.way().hops().get(4).observed())
        .endsWith("went all the way, and only 1 of them are found");
  }

  private void oursIsThere() {
    String sent =
        platform.server.asked().stream()
            .filter(a -> a.path().equals("/v1/traces"))
            .map(a -> a.body().replaceAll(".*\"traceId\":\"([0-9a-f]+)\".*", "$1"))
            .findFirst()
            .orElseThrow();
    stored(sent, List.of(span("platform-probe", "p", "", 1, 0, "")));
  }

  /** What each service counts of itself, and with it, before the collector is asked, that too. */
  private void counters(int ended, int exported, int failed) {
    sdk =
        """
        otel_sdk_span_ended_total %d
        otel_sdk_exporter_span_exported_total{result="success"} %d
        otel_sdk_exporter_span_exported_total{result="failure"} %d
        """
            .formatted(ended, exported, failed);
    platform.server.on("GET /metrics", sdk + collected);
  }

  private void collector(int accepted, int stored) {
    collected =
        """
        otelcol_receiver_accepted_spans_total{transport="grpc"} %d
        otelcol_exporter_sent_spans_total %d
        """
            .formatted(accepted, stored);
    platform.server.on("GET /metrics", sdk + collected);
  }

  @Test
  void noTraceAtAllFails() {
    stored("t2", List.of());

    assertThat(failed().observed()).startsWith("0 spans");
  }

  @Test
  void whenOurOwnSpanIsNotTakenTheDoorIsBroken() {
    platform.server.on("POST /v1/traces", 503, "full");
    nothingStored();

    assertThat(proof.explain(proof.look()).hop()).contains("received");
  }

  @Test
  void whenOurOwnSpanCannotBeFoundTheStoreIsBroken() {
    nothingStored();

    assertThat(proof.explain(proof.look()).hop()).contains("received -> stored");
  }

  @Test
  void whenOnlyOurOwnSpanIsThereTheServicesDidNotSend() {
    nothingStored();
    Finding finding = proof.look();
    oursIsThere();

    Finding explained = proof.explain(finding);

    assertThat(explained.hop()).contains("received");
    assertThat(explained.observed()).contains("[cart, gateway]");
    assertThat(explained.links()).anyMatch(l -> l.endsWith("/trace/t2"));
  }

  private Finding failed() {
    Finding finding = proof.look();
    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    return finding;
  }

  private TraceProof proof(String... echoes) {
    Instant now = Instant.ofEpochMilli(NOW);
    Walk walk = Journeys.walk(now, now, "t1", "t2");
    Sentinel sentinel = Sentinel.of(Journeys.walk(now, now, "s1", "s2"));
    return new TraceProof(
        new Evidenced(
            new Walk(
                walk.journey(),
                now,
                now,
                walk.steps(),
                Stream.of(echoes).map(Journeys::view).toList(),
                walk.values()),
            sentinel),
        Journeys.shopping().proof().traces().get(0),
        new Traces(platform.addresses(), sentinel),
        SpanFlow.start(platform.addresses(), List.of("gateway", "cart")));
  }

  private void nothingStored() {
    stored("t2", List.of());
    stored("s2", List.of());
  }

  private void stored(String trace, List<String> spans) {
    String path = "GET /api/v3/traces/" + trace;
    if (spans.isEmpty()) {
      platform.server.on(path, 404, "{}");
      return;
    }
    platform.server.on(path, traces(spans));
  }

  private static String traces(List<String> spans) {
    return spans.stream()
        .collect(Collectors.joining(",", "{\"result\":{\"resourceSpans\":[", "]}}"));
  }

  private static String span(
      String service, String id, String parent, int kind, int status, String attribute) {
    return span(service, id, parent, kind, status, attribute, 0);
  }

  private static String span(
      String service,
      String id,
      String parent,
      int kind,
      int status,
      String attribute,
      long behind) {
    String ids =
        Stream.of(id, parent)
            .map(TraceProofTest::hex)
            .collect(Collectors.joining("\",\"parentSpanId\":\""));
    long at = NOW - behind;
    return """
        {"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"%s"}}]},
         "scopeSpans":[{"spans":[{"traceId":"","spanId":"%s","name":"n","kind":%d,
          "startTimeUnixNano":"%s000000","endTimeUnixNano":"%s000000","status":{"code":%d},"attributes":[{"key":"%s","value":{"stringValue":"x"}}]}]}]}
        """
        .formatted(service, ids, kind, at, at, status, attribute);
  }

  /** The ids behind the short names that spans have in these tests. */
  private static String hex(String name) {
    return switch (name) {
      case "" -> "";
      case "announced" -> Journeys.ANNOUNCED;
      default -> "%016x".formatted(name.hashCode() & 0xffffffffL);
    };
  }
}
