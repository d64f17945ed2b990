package dev.platformkit.verify.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.backend.FakeServer;
import dev.platformkit.verify.FakePlatform;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Verdict;
import dev.platformkit.verify.flow.SpanFlow;
import dev.platformkit.verify.journey.Journeys;
import dev.platformkit.verify.journey.Template;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AbsentProofTest {
  private final FakePlatform platform =
      new FakePlatform().running("gateway", "cart", "elasticsearch", "jaeger");
  private String sentinels = hit("gateway") + "," + hit("cart");
  private int holding;

  @BeforeEach
  void aStore() {
    platform.server.on(
        "POST /filebeat-*,rejected-logs/_search",
        asked ->
            new FakeServer.Answer(
                200,
                asked.body().contains("trace.id")
                    ? "{\"hits\":{\"hits\":[" + sentinels + "]}}"
                    : "{\"hits\":{\"total\":{\"value\":" + holding + "}}}"));
  }

  @BeforeEach
  void traces() {
    trace("s2", "nothing");
    trace("t2", "nothing");
  }

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void nowhereIsGood() {
    assertThat(look()).isEqualTo(Finding.pass("secret nowhere"));
  }

  @Test
  void nothingIsAbsentBeforeTheSentinelIsThere() {
    sentinels = hit("gateway");

    Finding finding = look();

    assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(finding.observed()).contains("[cart]");
  }

  @Test
  void aContainerThatWroteItFailsItAlsoWhereTheStoreDoesNotFindIt() {
    platform.writes("cart", "prefix_topsecret_suffix");

    Finding finding = look();

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.observed()).startsWith("demo-cart-1 wrote secret at");
    assertThat(finding.observed()).doesNotContain("topsecret");
    assertThat(finding.hop()).contains("written");
  }

  @Test
  void aStoreThatHoldsItFailsItAlsoWhereNoContainerWroteIt() {
    holding = 2;

    Finding finding = look();

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.observed()).startsWith("2 stored lines");
  }

  @Test
  void aSecretThatWasEscapedOrEncodedIsFoundTooWhereverItStands() {
    platform.writes("cart", "Authorization: Basic YWJjOnRvcHNlY3JldDsuLi4=");

    assertThat(look().observed()).startsWith("demo-cart-1 wrote secret at");
  }

  @Test
  void nothingIsAbsentBeforeTheSentinelsSpansAreThere() {
    platform.server.on("GET /api/v3/traces/s2", 404, "{}");

    assertThat(look().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void aSpanThatHoldsItFails() {
    trace("t2", "POST /?pin=topsecret");

    Finding finding = look();

    assertThat(finding.observed()).isEqualTo("the trace of view holds secret");
    assertThat(finding.hop()).contains("created");
  }

  @Test
  void aMetricThatHoldsItFails() {
    platform.server.on("GET /metrics", "calls_total{pin=\"topsecret\"} 1\n");

    assertThat(look().hop()).contains("exposed");
  }

  private void trace(String id, String name) {
    platform.server.on(
        "GET /api/v3/traces/" + id,
        Stream.of("gateway", "cart")
            .map(service -> spans(service, name))
            .collect(Collectors.joining(",", "{\"result\":{\"resourceSpans\":[", "]}}")));
  }

  private static String spans(String service, String name) {
    return """
        {"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"%s"}}]},
         "scopeSpans":[{"spans":[{"name":"%s"}]}]}
        """
        .formatted(service, name);
  }

  private Finding look() {
    Instant now = Instant.now();
    Evidenced evidenced =
        new Evidenced(
            Journeys.walk(now, now, "t1", "t2"), Sentinel.of(Journeys.walk(now, now, "s1", "s2")));
    return new AbsentProof(
            new Stored(evidenced, new StoredLines(evidenced.everyTraceId(), platform.addresses())),
            new Template("{{secret}}"),
            new EngineLogs(platform.engine(), now.minusSeconds(1)),
            platform.addresses(),
            platform.containers(),
            List.of("gateway", "cart"),
            new Traces(platform.addresses(), evidenced.sentinel()),
            SpanFlow.start(platform.addresses(), List.of("gateway", "cart")))
        .look();
  }

  private static String hit(String service) {
    return "{\"_source\":{\"container.id\":\""
        + FakePlatform.id(service, 1)
        + "\",\"trace.id\":\"s2\"}}";
  }
}
