package dev.platformkit.verify.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.platformkit.backend.FakeServer;
import dev.platformkit.verify.FakePlatform;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Verdict;
import dev.platformkit.verify.journey.Journeys;
import dev.platformkit.verify.journey.Template;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogsFoundTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One stored line: of which service, of which trace, where in the container's log. */
  private record Line(String service, String trace, int offset) {}

  private final FakePlatform platform = new FakePlatform().running("elasticsearch");
  private final List<Line> stored = new ArrayList<>();
  private String original = "the same words";
  private int holding;
  private int findable = 8;
  private int offset;

  @BeforeEach
  void aStoreThatHasEverythingOfBothWalks() {
    platform.server.on(
        "POST /filebeat-*,rejected-logs/_search",
        asked -> new FakeServer.Answer(200, answer(asked.body())));
    platform.server.on("POST /rejected-logs/_search", "{}");
    store("gateway", "t1");
    store("gateway", "t2");
    store("cart", "t2");
    store("cart", "t2");
    store("gateway", "s1");
    store("gateway", "s2");
    store("cart", "s2");
    store("cart", "s2");
  }

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void asManyLinesOfBothWalksPass() {
    assertThat(look()).isEqualTo(Finding.pass("4 lines, 2 services"));
  }

  @Test
  void aLineThatOnlyTheSentinelHasIsMissing() {
    lose("cart", "t2");

    Finding finding = look();

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.settled()).as("it may still come").isFalse();
    assertThat(finding.observed()).isEqualTo("3 lines, 2 services, fewer than when gone again");
    assertThat(finding.details()).containsExactly("step view, cart: 1 stored, 2 when gone again");
  }

  @Test
  void linesThatAreFoundBySomethingElseThanTheySayFail() {
    original = "{\"log.level\":\"INFO\"}";

    assertThat(look())
        .isEqualTo(
            Finding.fail(
                "4 lines, 2 services; 4 of 4 lines stored with other fields than they have; a"
                    + " log.level is \"INFO\", stored without it"));
  }

  @Test
  void aServiceWithoutALineFails() {
    lose("cart", "t2");
    lose("cart", "t2");

    Finding finding = look();

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.observed()).isEqualTo("2 lines, 1 services, none of cart");
  }

  @Test
  void aServiceThatNeverWritesItsTraceFails() {
    stored.removeIf(line -> line.service().equals("cart"));

    assertThat(look().verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aRequestThatAServiceHandledWithoutALineFails() {
    platform.running("jaeger");
    platform.server.on(
        "GET /api/v3/traces/t1",
        """
        {"result":{"resourceSpans":[{
          "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cart"}}]},
          "scopeSpans":[{"spans":[{"traceId":"t1","spanId":"00000000000000ab","kind":2}]}]}]}}
        """);

    Finding finding = look();

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.details())
        .containsExactly("cart handled 1 requests, no line is stored of 1 of them, such as t1");
  }

  @Test
  void aLineThatIsStoredTwiceFailsAtOnce() {
    stored.add(stored.get(0));

    Finding finding = look();

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.settled()).isTrue();
    assertThat(finding.observed()).contains("1 stored more than once");
  }

  @Test
  void nothingIsBelievedBeforeTheSentinelIsThere() {
    lose("cart", "s2");
    lose("cart", "s2");

    Finding finding = look();

    assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(finding.observed()).contains("[cart]");
  }

  @Test
  void aLineThatOnlyTheFirstWalkHasLeavesItOpen() {
    lose("cart", "s2");

    Finding finding = look();

    assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(finding.details()).containsExactly("step view, cart: 2 stored, 1 when gone again");
  }

  @Test
  void whereNothingArrivesNobodyKnowsWhetherItWasWritten() {
    stored.clear();

    assertThat(look().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void aTextIsAbsentOnceTheSentinelIsThere() {
    assertThat(absent()).isEqualTo(Finding.pass("secret nowhere"));
  }

  @Test
  void aTextIsNotAbsentBeforeTheSentinelIsThere() {
    lose("cart", "s2");
    lose("cart", "s2");

    assertThat(absent().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void aTextThatIsStoredFails() {
    holding = 2;

    assertThat(absent()).isEqualTo(Finding.fail("2 stored lines hold secret"));
  }

  @Test
  void aTextInALineOfTheJourneyFailsWhereverTheStoreLooks() {
    original = "{\"error.stack_trace\":\"at topsecret\"}";

    assertThat(absent()).isEqualTo(Finding.fail("a line of gateway holds secret"));
  }

  @Test
  void aTextIsNotAbsentFromAStoreThatFindsNoWords() {
    findable = 0;

    Finding finding = absent();

    assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(finding.observed()).endsWith("there is one with \"words of\"");
  }

  private void store(String service, String trace) {
    stored.add(new Line(service, trace, offset++));
  }

  private void lose(String service, String trace) {
    for (int i = 0; i < stored.size(); i++) {
      if (stored.get(i).service().equals(service) && stored.get(i).trace().equals(trace)) {
        stored.remove(i);
        return;
      }
    }
  }

  private Finding look() {
    Stored stored = stored();
    return new LogsFound(
            stored,
            Journeys.shopping().proof().logs().orElseThrow(),
            new Traces(platform.addresses(), stored.evidenced().sentinel()))
        .look();
  }

  private Finding absent() {
    Stored stored = stored();
    return new AbsentStored(
            stored,
            new Template("{{secret}}"),
            List.of("gateway", "cart"),
            new Traces(platform.addresses(), stored.evidenced().sentinel()))
        .look();
  }

  private Stored stored() {
    Instant start = Instant.now();
    Evidenced evidenced =
        new Evidenced(
            Journeys.walk(start, start.plusMillis(10), "t1", "t2"),
            Sentinel.of(Journeys.walk(start.plusMillis(20), start.plusMillis(30), "s1", "s2")));
    return new Stored(evidenced, new StoredLines(evidenced.everyTraceId(), platform.addresses()));
  }

  private String answer(String query) {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode hits = root.putObject("hits");
    if (!query.contains("trace.id")) {
      hits.putObject("total").put("value", query.contains("words of") ? findable : holding);
      return root.toString();
    }
    ArrayNode list = hits.putArray("hits");
    for (Line line : stored) {
      list.addObject()
          .putObject("_source")
          .put("service.name", line.service())
          .put("trace.id", line.trace())
          .put("container.id", "id-" + line.service())
          .put("log.offset", line.offset())
          .put("message", "many words of them")
          .put("event.original", original);
    }
    return root.toString();
  }
}
