package dev.platformkit.verify.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.backend.FakeServer.Answer;
import dev.platformkit.engine.Container.State;
import dev.platformkit.verify.FakePlatform;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Verdict;
import dev.platformkit.verify.flow.LineFlow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeptLinesProbeTest {
  private static final String INDICES = "/filebeat-*,rejected-logs";
  private static final String NOT_BY_MESSAGE =
      "{\"_shards\":{\"failed\":0},"
          + "\"aggregations\":{\"by\":{\"buckets\":{\"message\":{\"doc_count\":0}}}}}";

  private final Instant now = Instant.now();

  private final FakePlatform platform =
      new FakePlatform().running("elasticsearch", "consul", "nats");

  private final List<String> services = new ArrayList<>(List.of("elasticsearch", "consul", "nats"));

  @BeforeEach
  void startAnHourAgo() {
    platform.server.on("POST " + INDICES + ",-rejected-logs/_search", oldest(3600));
    platform.server.on("GET /rejected-logs/_count", "{\"count\":0}");
    platform.wrote("consul", now.minusSeconds(60), "[INFO] agent: Synced service");
    platform.wrote("nats", now.minusSeconds(50), "[INF] Server is ready ");
  }

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void whatEveryContainerWroteLastIsStored() {
    stored(Map.of("consul", "[INFO] agent: Synced service", "nats", "[INF] Server is ready"));

    assertThat(probe().look()).isEqualTo(Finding.pass("2 looked for, all stored"));
  }

  @Test
  void aLineThatIsNotStoredFails() {
    platform.running("filebeat");
    stored(Map.of("consul", "[INFO] agent: Synced service"));

    Finding finding = told();

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.settled()).as("it may still come").isFalse();
    assertThat(finding.observed()).contains("1 of 2", "demo-nats-1");
    assertThat(finding.details()).containsExactly("missing: demo-nats-1: [INF] Server is ready");
    assertThat(finding.hop()).contains("written -> collected");
  }

  @Test
  void aLineThatTwoDocumentsAreOfFails() {
    String document =
        "{\"_source\":{\"container.id\":\"%s\",\"log.offset\":7,\"event.original\":\"twice\"}}"
            .formatted(FakePlatform.id("nats", 1));
    platform.server.on(
        "POST " + INDICES + "/_search",
        "{\"_shards\":{\"failed\":0},\"hits\":{\"hits\":[%s,%s]}}".formatted(document, document));

    Finding finding = probe().look();

    assertThat(finding.observed()).isEqualTo("lines are stored more than once");
    assertThat(finding.hop()).contains("collected -> accepted");
  }

  @Test
  void whatAJobWroteBeforeItEndedIsLookedForButForItsLastLine() {
    platform.in("import", State.EXITED, 0);
    services.add("import");
    platform.wrote("import", now.minusSeconds(40), "began");
    platform.wrote("import", now.minusSeconds(39), "ended, perhaps without a newline");
    stored(Map.of("consul", "[INFO] agent: Synced service", "nats", "[INF] Server is ready"));

    assertThat(told().details()).containsExactly("missing: demo-import-1: began");
  }

  @Test
  void theSameLineOfAnotherContainerIsNotIt() {
    stored(Map.of("consul", "[INF] Server is ready"));

    assertThat(probe().look().observed()).contains("2 of 2");
  }

  @Test
  void aCollectorThatDoesNotRunCollectsNothing() {
    platform.in("filebeat", State.EXITED, 1);
    stored(Map.of());

    Finding finding = told();

    assertThat(finding.hop()).contains("written -> collected");
    assertThat(finding.way().toString()).contains("filebeat does not run");
  }

  @Test
  void whatWasRefusedIsKeptApartAndNotLost() {
    stored(Map.of("nats", "[INF] Server is ready"));
    platform.server.on("GET /rejected-logs/_count", "{\"count\":1}");
    platform.server.on(
        "POST /rejected-logs/_search",
        "{\"_shards\":{\"failed\":0},\"hits\":{\"hits\":[{\"_source\":{\"message\":"
            + "\"{\\\"event\\\":{\\\"original\\\":\\\"[INFO] agent: Synced service\\\"}}\"}}]}}");

    assertThat(probe().look().verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void whatIsStoredAndNotFoundByWhatItSaysFails() {
    platform.server.on(
        "POST " + INDICES + "/_search",
        asked -> new Answer(200, asked.body().contains("aggs") ? NOT_BY_MESSAGE : both()));
    platform.server.on(
        "POST " + INDICES + ",-rejected-logs/_search",
        asked -> new Answer(200, asked.body().contains("aggs") ? oldest(3600) : both()));

    Finding finding = told();

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.observed())
        .isEqualTo("lines are stored that cannot be found by their message");
    assertThat(finding.hop()).contains("accepted -> searchable");
  }

  /** Both lines, with a time and what they say. */
  private String both() {
    return """
        {"_shards":{"failed":0},"hits":{"hits":[
          {"_source":{"container.id":"%s","event.original":"[INFO] agent: Synced service",
            "message":"[INFO] agent: Synced service","@timestamp":"%s"}},
          {"_source":{"container.id":"%s","event.original":"[INF] Server is ready",
            "message":"[INF] Server is ready","@timestamp":"%s"}}]}}
        """
        .formatted(
            FakePlatform.id("consul", 1),
            now.minusSeconds(60),
            FakePlatform.id("nats", 1),
            now.minusSeconds(50));
  }

  @Test
  void whatIsOlderThanAnythingStoredIsNotLookedFor() {
    platform.server.on("POST " + INDICES + ",-rejected-logs/_search", oldest(55));
    stored(Map.of("nats", "[INF] Server is ready"));

    assertThat(probe().look()).isEqualTo(Finding.pass("1 looked for, all stored"));
  }

  @Test
  void whatWasWrittenBeforeTheCollectorStartedIsNotLookedFor() {
    platform.runningSince("filebeat", now.minusSeconds(55));
    stored(Map.of("nats", "[INF] Server is ready"));

    assertThat(probe().look()).isEqualTo(Finding.pass("1 looked for, all stored"));
  }

  @Test
  void aStoreWithoutAnyLineTellsNothing() {
    platform.server.on(
        "POST " + INDICES + ",-rejected-logs/_search",
        "{\"_shards\":{\"failed\":0},\"aggregations\":{\"oldest\":{\"value\":null}}}");

    assertThat(probe().look().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void whatTheEngineCannotReadIsNamed() {
    platform.writesElsewhere("nats");
    stored(Map.of("consul", "[INFO] agent: Synced service"));

    Finding finding = probe().look();

    assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(finding.observed()).contains("demo-nats-1", "logging driver");
  }

  /** That the oldest line was written so many seconds ago. */
  private String oldest(int seconds) {
    return "{\"_shards\":{\"failed\":0},\"aggregations\":{\"oldest\":{\"value\":%d}}}"
        .formatted(now.minusSeconds(seconds).toEpochMilli());
  }

  private void stored(Map<String, String> lines) {
    String hits =
        lines.entrySet().stream()
            .map(
                line ->
                    "{\"_source\":{\"container.id\":\"%s\",\"event.original\":\"%s\"}}"
                        .formatted(FakePlatform.id(line.getKey(), 1), line.getValue()))
            .collect(Collectors.joining(","));
    platform.server.on(
        "POST " + INDICES + "/_search",
        "{\"_shards\":{\"failed\":0},\"hits\":{\"hits\":[%s]}}".formatted(hits));
  }

  private Finding told() {
    KeptLinesProbe probe = probe();
    return probe.explain(probe.look());
  }

  private KeptLinesProbe probe() {
    return new KeptLinesProbe(
        services.stream()
            .flatMap(service -> platform.addresses().containers(service).stream())
            .toList(),
        platform.engine(),
        platform.addresses(),
        LineFlow.start(platform.addresses()));
  }
}
