package dev.platformkit.verify.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.platformkit.backend.BackendException;
import dev.platformkit.backend.FakeServer;
import dev.platformkit.engine.Container.State;
import dev.platformkit.verify.FakePlatform;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.NotRunningException;
import dev.platformkit.verify.Verdict;
import dev.platformkit.verify.Way;
import dev.platformkit.verify.flow.LineFlow;
import dev.platformkit.verify.journey.Journeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogsProofTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FakePlatform platform =
      new FakePlatform().running("gateway", "cart", "elasticsearch", "filebeat", "jaeger");
  private final List<String[]> stored = new ArrayList<>();
  private String at = Instant.now().toString();
  private Optional<String> containerName = Optional.empty();
  private LogsProof proof;

  @BeforeEach
  void aHealthyStore() {
    platform.server.on(
        "POST /filebeat-*,rejected-logs/_search",
        asked -> new FakeServer.Answer(200, hits(asked.body())));
    platform.server.on("POST /rejected-logs/_search", "{}");
    platform.server.on("GET /filebeat-*,rejected-logs/_count", "{\"count\":100}");
    platform.server.on("GET /rejected-logs/_count", "{\"count\":0}");
    filebeat(4, 4, 0);
    platform.writes("gateway", "in t1").writes("gateway", "in t2").writes("cart", "in t2");
    platform.writes("gateway", "background").writes("gateway", "in s1").writes("cart", "in s2");
    proof = proof();
  }

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void everyLineStoredOncePasses() {
    everythingStored();

    assertThat(proof.look()).isEqualTo(Finding.pass("3 of 3"));
  }

  @Test
  void allLinesAreNotBelievedBeforeTheSentinelsOfEachServiceAreThere() {
    everythingStored();
    stored.removeIf(line -> line[1].equals("in s2"));

    Finding finding = proof.look();

    assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(finding.observed()).contains("[cart]");
  }

  @Test
  void aLineThatIsMissingFails() {
    everythingStored();
    stored.removeIf(line -> line[0].contains("cart") && line[1].equals("in t2"));

    Finding finding = failed();

    assertThat(finding.observed()).isEqualTo("2 of 3");
    assertThat(finding.details()).containsExactly("cart: 0 of 1 stored", "  missing: in t2");
    assertThat(finding.settled()).as("it may still come").isFalse();
    assertThat(proof.explain(finding).hop()).contains("collected -> accepted");
  }

  @Test
  void aLineThatIsStoredTwiceFailsAtOnce() {
    everythingStored();
    store("gateway", "in t1", "t1");

    Finding finding = failed();

    assertThat(finding.settled()).isTrue();
    assertThat(finding.details()).containsExactly("gateway: 2 of 2 stored, 1 more than once");
  }

  @Test
  void aLineThatWasAlteredFails() {
    everythingStored();
    stored.removeIf(line -> line[1].equals("in t1"));
    store("gateway", "in t1, somewhat", "t1");

    assertThat(failed().details().get(0))
        .isEqualTo("gateway: 1 of 2 stored, 1 that the engine's log does not hold");
  }

  @Test
  void aLineOfAnotherContainerDoesNotCount() {
    everythingStored();
    stored.removeIf(line -> line[0].contains("cart") && line[1].equals("in t2"));
    store("other", "in t2", "t2");

    failed();
  }

  @Test
  void aServiceThatWritesNoTraceIdsFails() {
    try (FakePlatform silent =
        new FakePlatform().running("gateway", "cart", "elasticsearch", "filebeat")) {
      silent.server.on(
          "POST /filebeat-*,rejected-logs/_search",
          asked -> new FakeServer.Answer(200, hits(asked.body())));
      silent.writes("gateway", "in t1").writes("gateway", "in s1").writes("cart", "no trace");
      store("gateway", "in t1", "t1");
      store("gateway", "in s1", "s1");
      LogsProof of = proof(silent);

      Finding finding = of.look();

      assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
      assertThat(finding.details())
          .containsExactly("cart (demo-cart-1) wrote no line with a trace id of this journey");
      assertThat(of.explain(finding).hop()).contains("written");
    }
  }

  @Test
  void whenNothingArrivesAndNothingIsHeldBackItIsNotCollected() {
    assertThat(proof.explain(failed()).hop()).contains("written -> collected");
  }

  @Test
  void whatTheStoreRefusedIsToldWithItsReason() {
    platform.server.on(
        "POST /rejected-logs/_search",
        "{\"hits\":{\"hits\":[{\"_source\":{\"error.message\":\"index is read-only\"}}]}}");

    Finding explained = proof.explain(failed());

    assertThat(explained.hop()).contains("collected -> accepted");
    assertThat(explained.way().hops().get(2).observed())
        .isEqualTo("Elasticsearch refused them: index is read-only");
  }

  @Test
  void whenFilebeatCannotGetRidOfItTheStoreDoesNotAccept() {
    filebeat(9, 4, 5);

    Finding explained = proof.explain(failed());

    assertThat(explained.hop()).contains("collected -> accepted");
    assertThat(explained.way().hops().get(2).observed())
        .contains("5 wait, 5 were to be sent again");
  }

  private Finding failed() {
    Finding finding = proof.look();
    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    return finding;
  }

  private void everythingStored() {
    store("gateway", "in t1", "t1");
    store("gateway", "in t2", "t2");
    store("cart", "in t2", "t2");
    store("gateway", "in s1", "s1");
    store("cart", "in s2", "s2");
  }

  private void store(String service, String original, String trace) {
    stored.add(new String[] {FakePlatform.id(service, 1), original, trace});
  }

  /** What a store answers that holds these lines: those whose trace id is asked for. */
  private String hits(String query) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode hits = answer.putObject("hits").putArray("hits");
    for (String[] line : stored) {
      if (query.contains("\"" + line[2] + "\"") || query.contains("\"" + line[0] + "\"")) {
        ObjectNode source = hits.addObject().putObject("_source");
        source.put("container.id", line[0]);
        source.put("container.name", containerName.orElse(nameOf(line[0])));
        source.put("event.original", line[1]);
        source.put("trace.id", line[2]);
        source.put("@timestamp", at);
        if (line[1].contains("span.id")) {
          String span = line[1].replaceAll(".*\"span.id\":\"([^\"]+).*", "$1");
          source.put("span.id", span).put("service.name", "cart");
        }
      }
    }
    return answer.toString();
  }

  /** FakePlatform calls id-cart-1 by that name. */
  private static String nameOf(String containerId) {
    return containerId.replaceFirst("^id-", "demo-");
  }

  private void filebeat(int published, int acked, int failed) {
    platform.server.on(
        "GET /stats",
        """
        {"libbeat":{"pipeline":{"events":{"total":%d,"published":%d}},
         "output":{"events":{"acked":%d,"failed":%d,"dropped":0,"duplicates":0}}}}
        """
            .formatted(published, published, acked, failed));
  }

  private LogsProof proof() {
    return proof(platform);
  }

  @Test
  void aFilebeatThatIsStoppedDoesNotCollect() {
    try (FakePlatform stopped = new FakePlatform().running("gateway", "cart", "elasticsearch")) {
      stopped.in("filebeat", State.EXITED, 0);

      Finding explained = explained(stopped, Finding.missing("0 of 1"));

      assertThat(explained.hop()).contains("written -> collected");
      assertThat(explained.way().hops().get(1).observed())
          .isEqualTo("demo-filebeat-1 is exited (0)");
    }
  }

  @Test
  void aFileThatFilebeatDoesNotKnowIsNotCollected() {
    LogsProof of = proof();
    filebeat(9, 9, 0);
    platform.holds("filebeat", Map.of("log.json", registry("b".repeat(64), 7)));

    Finding explained = of.explain(of.look());

    assertThat(explained.hop()).contains("written -> collected");
    assertThat(explained.way().hops().get(1).observed())
        .isEqualTo("filebeat knows no log file of demo-gateway-1: none of its inputs reads it");
  }

  @Test
  void whenTheOutputGoesElsewhereTheStoreDoesNotAccept() {
    store("gateway", "in t1", "t1");
    LogsProof of = proof();
    filebeat(24, 24, 0);

    Finding explained = of.explain(of.look());

    assertThat(explained.hop()).contains("collected -> accepted");
    assertThat(explained.way().hops().get(2).observed())
        .contains("20 were taken, but elasticsearch holds only 0 more");
  }

  @Test
  void whatTheStoreTookInAndDoesNotShowIsNotSearchable() {
    indexed(50);
    LogsProof of = proof();
    filebeat(24, 24, 0);
    indexed(70);

    Finding explained = of.explain(of.look());

    assertThat(explained.hop()).contains("accepted -> searchable");
    assertThat(explained.way().hops().get(2).observed())
        .isEqualTo("elasticsearch took in 20 documents since the run began");
  }

  private void indexed(int documents) {
    platform.server.on(
        "GET /filebeat-*,rejected-logs/_stats/indexing",
        "{\"_all\":{\"primaries\":{\"indexing\":{\"index_total\":%d}}}}".formatted(documents));
  }

  @Test
  void aLineThatIsStoredAndNotFoundByItsTraceIsNotSearchable() {
    everythingStored();
    stored.removeIf(line -> line[0].contains("cart") && line[1].equals("in t2"));
    store("cart", "in t2", "another");

    assertThat(proof.explain(failed()).hop()).contains("accepted -> searchable");
  }

  @Test
  void aRequestThatAServiceHandledAndDidNotWriteOfFails() {
    everythingStored();
    handledBy("cart", "t1");

    Finding finding = failed();

    assertThat(finding.observed())
        .isEqualTo(
            "cart handled 1 requests of which it wrote no line with their trace, such as t1");
    assertThat(proof.explain(finding).hop()).contains("written");
  }

  @Test
  void linesOfSpansThatTheServiceHasNotMadeFail() {
    everythingStored();
    handledBy("cart", "t2");
    writesIn("made-up");

    Finding finding = failed();

    assertThat(finding.observed())
        .isEqualTo(
            "the lines of cart name spans that it has not made, such as made-up in trace t2");
    assertThat(proof.explain(finding).hop()).contains("written");
  }

  @Test
  void aLineOfASpanThatTheServiceHasMadeVouchesForTheOthers() {
    everythingStored();
    handledBy("cart", "t2");
    writesIn("made-up");
    writesIn("00000000000000aa");

    assertThat(proof.look().verdict()).isEqualTo(Verdict.PASS);
  }

  /** The cart writes a line that names a span, and it is stored. */
  private void writesIn(String span) {
    String line =
        "{\"trace.id\":\"t2\",\"span.id\":\"%s\",\"service.name\":\"cart\"}".formatted(span);
    platform.writes("cart", line);
    store("cart", line, "t2");
  }

  @Test
  void aClockThatIsOffIsToldFromTheEnginesTime() {
    everythingStored();
    at = Instant.now().minusSeconds(120).toString();

    Finding finding = failed();

    assertThat(finding.observed()).startsWith("clock of gateway (demo-gateway-1) is 120 s behind");
    assertThat(proof.explain(finding).hop()).contains("written");
  }

  @Test
  void aLineThatIsFoundBySomethingElseThanItSaysFails() {
    String line = "{\"message\":\"put into the cart\",\"trace.id\":\"t1\"}";
    platform.writes("cart", line);
    everythingStored();
    store("cart", line, "t1");

    Finding finding = failed();

    assertThat(finding.observed())
        .isEqualTo(
            "1 of 4 lines stored with other fields than they have; a message is"
                + " \"put into the cart\", stored without it");
    assertThat(finding.settled()).isTrue();
    assertThat(proof.explain(finding).hop()).contains("collected -> accepted");
  }

  @Test
  void aLineUnderAnotherContainersNameFails() {
    everythingStored();
    containerName = Optional.of("demo-other-1");

    Finding finding = failed();

    assertThat(finding.observed()).contains("with the container.name demo-other-1");
    assertThat(proof.explain(finding).hop()).contains("collected -> accepted");
  }

  @Test
  void aLogThatTheEngineCannotReadIsToldWithItsContainer() {
    everythingStored();
    platform.writesElsewhere("cart");

    assertThatThrownBy(proof::look)
        .isInstanceOf(BackendException.class)
        .hasMessage(
            "demo-cart-1: its log: expected lines, got the logging driver does not support"
                + " reading");
  }

  @Test
  void aStoreThatIsStoppedIsTheOneThatDoesNotAccept() {
    try (FakePlatform dead = new FakePlatform().running("gateway", "cart", "filebeat")) {
      dead.in("elasticsearch", State.EXITED, 137);
      dead.writes("gateway", "in t1");
      LogsProof of = proof(dead);
      assertThatThrownBy(of::look).isInstanceOf(NotRunningException.class);

      Finding explained = of.explain(Finding.inconclusive("elasticsearch does not run"));

      assertThat(explained.way().broken()).isPresent();
      assertThat(explained.way().hops().get(3).state()).isEqualTo(Way.State.UNKNOWN);
    }
  }

  private static Finding explained(FakePlatform of, Finding found) {
    of.writes("gateway", "in t1").writes("cart", "in t1");
    LogsProof proof = proof(of);
    of.server.on("POST /filebeat-*,rejected-logs/_search", "{}");
    of.server.on("POST /rejected-logs/_search", "{}");
    proof.look();
    return proof.explain(found);
  }

  private void handledBy(String service, String trace) {
    platform.server.on(
        "GET /api/v3/traces/" + trace,
        """
        {"result":{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name",
         "value":{"stringValue":"%s"}}]},"scopeSpans":[{"spans":[{"kind":2,"name":"n","spanId":"00000000000000aa"}]}]}]}}
        """
            .formatted(service));
  }

  private static String registry(String container, int offset) {
    return """
        {"op":"set","id":1}
        {"k":"file","v":{"cursor":{"offset":%d},"updated":[1,%d],"meta":{"source":"/var/lib/docker/containers/%s/x-json.log"}}}
        """
        .formatted(offset, Instant.now().getEpochSecond(), container);
  }

  private static LogsProof proof(FakePlatform of) {
    Instant now = Instant.now();
    Evidenced evidenced =
        new Evidenced(
            Journeys.walk(now, now, "t1", "t2"), Sentinel.of(Journeys.walk(now, now, "s1", "s2")));
    return new LogsProof(
        new Stored(evidenced, new StoredLines(evidenced.everyTraceId(), of.addresses())),
        Journeys.shopping().proof().logs().orElseThrow(),
        new EngineLogs(of.engine(), now.minusSeconds(1)),
        of.addresses(),
        new Traces(of.addresses(), evidenced.sentinel()),
        LineFlow.start(of.addresses()));
  }

  @Test
  void aStoreThatDoesNotRunLeavesItInconclusive() {
    try (FakePlatform dead = new FakePlatform().running("gateway", "cart")) {
      dead.in("elasticsearch", State.EXITED, 137);

      assertThatThrownBy(() -> proof(dead).look())
          .isInstanceOf(NotRunningException.class)
          .hasMessage("elasticsearch does not run: demo-elasticsearch-1 is exited (137)");
    }
  }
}
