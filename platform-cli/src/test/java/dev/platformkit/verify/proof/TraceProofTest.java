package dev.platformkit.verify.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.verify.FakePlatform;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Verdict;
import dev.platformkit.verify.flow.SpanFlow;
import dev.platformkit.verify.journey.Journeys;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TraceProofTest {
  private static final String GATEWAY = span("gateway", "a1", "announced", 2, 0, "");
  private static final String CLIENT = span("gateway", "a2", "a1", 3, 0, "");
  private static final String SERVER = span("cart", "a3", "a2", 2, 0, "");
  private static final List<String> WHOLE = List.of(GATEWAY, CLIENT, SERVER);

  private final FakePlatform platform = new FakePlatform().running("jaeger");
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
    assertThat(proof.look()).isEqualTo(Finding.pass("3 spans, 2 services"));
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
    String sent =
        platform.server.asked().stream()
            .filter(a -> a.path().equals("/v1/traces"))
            .map(a -> a.body().replaceAll(".*\"traceId\":\"([0-9a-f]+)\".*", "$1"))
            .findFirst()
            .orElseThrow();
    stored(sent, List.of(span("platform-probe", "p", "", 1, 0, "")));

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

  private TraceProof proof() {
    Instant now = Instant.now();
    return new TraceProof(
        new Evidenced(Journeys.walk(now, now, "t1", "t2"), Journeys.walk(now, now, "s1", "s2")),
        Journeys.shopping().proof().traces().get(0),
        new Traces(platform.addresses()),
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
    platform.server.on(
        path,
        spans.stream().collect(Collectors.joining(",", "{\"result\":{\"resourceSpans\":[", "]}}")));
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
    long at = System.currentTimeMillis() - behind;
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
