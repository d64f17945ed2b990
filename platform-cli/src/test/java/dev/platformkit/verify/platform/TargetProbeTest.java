package dev.platformkit.verify.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.platformkit.backend.FakeServer;
import dev.platformkit.backend.Prometheus;
import dev.platformkit.backend.Prometheus.Target;
import dev.platformkit.source.Node;
import dev.platformkit.source.Position;
import dev.platformkit.stack.Stack;
import dev.platformkit.verify.Exposed;
import dev.platformkit.verify.FakePlatform;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scrape targets, as the files declare them against what Prometheus says and keeps. */
class TargetProbeTest {
  private static final String URL = "http://cart:9464/metrics";
  private static final ScrapeJobs.Job JOB =
      new ScrapeJobs.Job("cart", "scrape/samples.yaml", 1, List.of(), List.of(), false, false);
  private static final ScrapeJobs.Job DROPPING =
      new ScrapeJobs.Job("cart", "scrape/samples.yaml", 1, List.of(), List.of(), true, false);

  @TempDir private Path root;
  private final Instant start = Instant.now();
  private final FakePlatform platform = new FakePlatform().running("prometheus", "cart");

  @BeforeEach
  void aTargetThatShowsTwoMetrics() {
    platform.server.on("GET /metrics", "calls_total{m=\"a\"} 1\ncalls_total{m=\"b\"} 1\nlines 3\n");
    stored(Map.of("calls_total", 2, "lines", 1));
    platform.server.on("GET /api/v1/targets", "{}");
  }

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void aTargetThatIsUpByAScrapeOfThisRunIsGoodWhenWhatItShowsIsStored() {
    assertThat(look(target("up", 60))).isEqualTo(Finding.pass("up, 3 series"));
  }

  @Test
  void aTargetThatWasUpBeforeThisRunIsNotYetGood() {
    Finding finding = look(target("up", -1));

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.settled()).isFalse();
  }

  @Test
  void aTargetThatIsDownIsBad() {
    Finding finding = explained(JOB, target("down", 60));

    assertThat(finding.observed()).isEqualTo(URL + " is down: refused");
    assertThat(finding.hop()).contains("exposed -> scraped");
  }

  @Test
  void aProbeWhoseExporterIsUpAndWhichFailsIsBad() {
    assertThat(asking("1").verdict()).isEqualTo(Verdict.PASS);

    Finding failing = asking("0");

    assertThat(failing.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(failing.observed()).startsWith("probe-cart fails: probe_success is 0");
  }

  private Finding asking(String outcome) {
    platform.server.on("GET /metrics", "probe_success " + outcome + "\n");
    platform.server.on(
        "GET /api/v1/query",
        asked ->
            new FakeServer.Answer(
                200,
                asked.query().startsWith("query=probe_success")
                    ? "{\"data\":{\"result\":[{\"metric\":{},\"values\":[[1,\"%s\"]]}]}}"
                        .formatted(outcome)
                    : "{\"data\":{\"result\":[{\"metric\":{\"__name__\":\"probe_success\"},"
                        + "\"value\":[1,\"1\"]}]}}"));
    return probe(
            new ScrapeJobs.Job(
                "probe-cart", "scrape/samples.yaml", 1, List.of(), List.of(), false, false),
            Set.of(),
            new Target(
                "probe-cart",
                Map.of("job", "probe-cart", "instance", "cart:9464"),
                URL,
                "up",
                "",
                start.plusSeconds(60)))
        .look();
  }

  @Test
  void aJobWithoutTargetsIsBad() {
    Target other = new Target("other", Map.of(), URL, "up", "", start.plusSeconds(60));

    assertThat(look(other).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(explained(JOB, other).hop()).contains("scraped");
  }

  @Test
  void aTargetThatIsAnotherServicesIsBad() {
    Target other =
        new Target(
            "cart",
            Map.of("job", "cart"),
            "http://prometheus:9090/metrics",
            "up",
            "",
            start.plusSeconds(60));

    Finding finding = explained(JOB, other);

    assertThat(finding.observed())
        .isEqualTo("http://prometheus:9090/metrics is prometheus's, which has a job of its own");
    assertThat(finding.settled()).isTrue();
    assertThat(finding.hop()).contains("scraped");
  }

  @Test
  void aTargetThatAJobHadBeforeItsFileChangedIsNotEnough() {
    ScrapeJobs.Job moved =
        new ScrapeJobs.Job(
            "cart", "scrape/samples.yaml", 1, List.of("cart:9465"), List.of(), false, false);

    Finding finding = explained(moved, target("up", 60));

    assertThat(finding.observed()).isEqualTo("job cart declares cart:9465, which is not scraped");
    assertThat(finding.settled()).as("it soon may be").isFalse();
    assertThat(finding.hop()).contains("scraped");
  }

  @Test
  void anExporterThatAsksAnotherServiceIsBad() {
    assertThat(asked("http://cart:8080/healthz")).isEmpty();
    assertThat(asked("cart:5432")).isEmpty();
    assertThat(asked("https://shop.example/")).isEmpty();
    assertThat(asked("SELECT 1 FROM {it}")).isEmpty();
    assertThat(asked("http://prometheus:9090/-/ready")).contains("prometheus");
  }

  private Optional<String> asked(String target) {
    return new TargetOwners(List.of("probe-cart", "probe-prometheus"), platform.addresses())
        .otherAsked(
            new ScrapeJobs.Job(
                "probe-cart", "jobs.yaml", 1, List.of(), List.of(target), false, false));
  }

  @Test
  void anExporterThatHasNoJobOfItsOwnMayShowAServicesMetrics() {
    TargetOwners owners = new TargetOwners(List.of("cart"), platform.addresses());

    assertThat(owners.other("cart", "http://cart-exporter:9187/metrics")).isEmpty();
    assertThat(owners.other("cart", "http://prometheus:9090/metrics")).isEmpty();
  }

  @Test
  void prometheusScrapesItselfUnderWhateverName() {
    TargetOwners owners = new TargetOwners(List.of("cart", "prometheus"), platform.addresses());

    assertThat(owners.other("prometheus", "http://localhost:9090/metrics")).isEmpty();
    assertThat(owners.other("cart", "http://localhost:9090/metrics")).contains("prometheus");
    assertThat(owners.other("cart", "http://10.0.0.1:9464/metrics")).isEmpty();
  }

  @Test
  void aTargetThatIsRelabelledAwayIsNotScraped() {
    platform.server.on(
        "GET /api/v1/targets",
        """
        {"data":{"droppedTargets":[{"discoveredLabels":{"job":"cart","__scheme__":"http",
         "__address__":"cart:9464","__metrics_path__":"/metrics"}}]}}
        """);

    assertThat(explained(JOB).hop()).contains("exposed -> scraped");
  }

  @Test
  void aMetricThatIsShownAndNotStoredIsBadWhateverNeedsIt() {
    stored(Map.of("calls_total", 2));

    Finding finding = explained(JOB, target("up", 60));

    assertThat(finding.observed()).isEqualTo(URL + ": not stored: lines");
    assertThat(finding.hop()).contains("scraped -> stored");
  }

  @Test
  void oneSeriesOfAMetricThatIsNotStoredIsBad() {
    stored(Map.of("calls_total", 1, "lines", 1));

    assertThat(look(target("up", 60)).observed()).endsWith("not stored: calls_total");
  }

  @Test
  void whatAJobDeclaresNotToKeepIsBadOnlyWhereTheProjectNeedsIt() {
    stored(Map.of("calls_total", 2));
    assertThat(probe(DROPPING, Set.of("calls_total"), target("up", 60)).look().verdict())
        .isEqualTo(Verdict.PASS);

    stored(Map.of("calls_total", 1, "lines", 1));
    assertThat(probe(DROPPING, Set.of("calls_total"), target("up", 60)).look().observed())
        .as("one of its series")
        .endsWith("not stored: calls_total");

    stored(Map.of("lines", 1));
    assertThat(probe(DROPPING, Set.of("calls_total"), target("up", 60)).look().observed())
        .endsWith("not stored: calls_total (2 series)");
  }

  @Test
  void whereATargetCannotBeAskedPrometheussOwnCountHasToDo() {
    Target elsewhere =
        new Target("cart", Map.of(), "http://elsewhere:1/metrics", "up", "", start.plusSeconds(60));
    counts(210, 210);
    assertThat(look(elsewhere).verdict()).isEqualTo(Verdict.PASS);

    counts(210, 209);
    assertThat(look(elsewhere).observed())
        .endsWith("1 of 210 samples of the last scrape, dropped by relabelling");
  }

  @Test
  void whatTheProjectNeedsIsWhateverItsRulesAndDashboardsName() throws IOException {
    write("alert-rules/a/a.rules.yaml", "groups: [{rules: [{expr: rate(calls_total[1m]) > 1}]}]");
    write("alert-rules/a/a.test.yaml", "only_tested");
    write("dashboards/shop/cart.json", "{\"expr\":\"sum(lines)\"}");
    write("sample-services/journeys/shopping.yaml", "query: 'walked_total{}'");

    assertThat(NeededNames.of(root))
        .contains("calls_total", "lines", "walked_total")
        .doesNotContain("only_tested");
  }

  @Test
  void jobsAreThoseOfTheChosenStacksFiles() throws IOException {
    write(
        "stacks/samples/prometheus/jobs.yaml",
        """
        scrape_configs:
          - job_name: cart
            static_configs:
              - targets: ["cart:9464"]
            params: { target: ["http://cart:8080/healthz"] }
          - job_name: found-elsewhere
            consul_sd_configs: []
        """);
    Node.Mapping none = new Node.Mapping(new Position("x", 1, 1), List.of());
    Path stacks = root.resolve("stacks");
    Path compose = Path.of("compose.yaml");
    Stack samples =
        new Stack(
            "samples", stacks.resolve("samples").resolve(compose), "", List.of(), List.of(), none);
    Stack data =
        new Stack("data", stacks.resolve("data").resolve(compose), "", List.of(), List.of(), none);

    assertThat(ScrapeJobs.of(root, List.of(data, samples)))
        .extracting(ScrapeJobs.Job::name, ScrapeJobs.Job::addresses)
        .containsExactly(tuple("cart", List.of("cart:9464")), tuple("found-elsewhere", List.of()));
    assertThat(ScrapeJobs.of(root, List.of(data))).isEmpty();
  }

  private Target target(String health, int secondsAfterStart) {
    return new Target(
        "cart",
        Map.of("job", "cart", "instance", "cart:9464"),
        URL,
        health,
        "refused",
        start.plusSeconds(secondsAfterStart));
  }

  private void stored(Map<String, Integer> series) {
    String results =
        series.entrySet().stream()
            .map(
                e ->
                    "{\"metric\":{\"__name__\":\"%s\"},\"value\":[1,\"%d\"]}"
                        .formatted(e.getKey(), e.getValue()))
            .collect(Collectors.joining(","));
    platform.server.on("GET /api/v1/query", "{\"data\":{\"result\":[" + results + "]}}");
  }

  private void counts(int scraped, int kept) {
    platform.server.on(
        "GET /api/v1/query",
        asked ->
            new FakeServer.Answer(
                200,
                "{\"data\":{\"result\":[{\"metric\":{},\"value\":[1,\"%d\"]}]}}"
                    .formatted(asked.query().contains("post") ? kept : scraped)));
  }

  private Finding look(Target... targets) {
    return probe(JOB, Set.of(), targets).look();
  }

  private Finding explained(ScrapeJobs.Job job, Target... targets) {
    TargetProbe probe = probe(job, Set.of(), targets);
    return probe.explain(probe.look());
  }

  private TargetProbe probe(ScrapeJobs.Job job, Set<String> needed, Target... targets) {
    return new TargetProbe(
        job,
        () -> List.of(targets),
        () -> new Prometheus(platform.addresses().server("prometheus", 9090)),
        new Exposed(platform.addresses()),
        needed,
        new TargetOwners(List.of("cart", "prometheus"), platform.addresses()),
        start);
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
