package dev.platformkit.verify.panel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.backend.FakeServer;
import dev.platformkit.backend.FakeServer.Answer;
import dev.platformkit.backend.FakeServer.Asked;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the panels of a dashboard come to, with a Prometheus that knows few metrics. */
class PanelsProbeTest {
  private static final Pattern PART =
      Pattern.compile("count\\(\\(\\n(.*?)\\n\\) >= -Inf\\), \"q\", \"(\\d+)\"", Pattern.DOTALL);
  private static final String REFUSAL =
      "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse error: %s\"}";

  /** Those of which there are series, and whether their queries give a number. */
  private final Map<String, Boolean> metrics = new HashMap<>(Map.of("up", true, "idle", false));

  private final Set<String> declared = new HashSet<>();
  private final FakeServer server = new FakeServer();
  private List<String> absent = List.of();

  @TempDir private Path root;

  PanelsProbeTest() {
    server
        .on("GET /api/v1/query", this::query)
        .on("GET /api/v1/query_range", this::query)
        .on(
            "GET /api/v1/metadata",
            asked -> {
              String family = asked.query().substring("metric=".length());
              return new Answer(
                  200, "{\"data\":{%s}}".formatted(declared.contains(family) ? "\"x\":[]" : ""));
            });
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void panelsThatGiveNumbersAreGood() {
    assertThat(look("up", "up + 1")).isEqualTo(Finding.pass("2 with data"));
  }

  @Test
  void aPanelThatComesBackEmptyIsSaidAndIsNotWrong() {
    assertThat(look("up", "idle")).isEqualTo(Finding.pass("1 with data, 1 not exercised (P1)"));
  }

  @Test
  void aQueryThatIsRefusedIsBrokenAtOnceWhateverElseThereIs() {
    Finding finding = look("up", "up +", "idle");

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.settled()).isTrue();
    assertThat(finding.observed())
        .isEqualTo("1 broken (P1: parse error: up +), 1 with data, 1 not exercised (P2)");
    assertThat(finding.details())
        .containsExactly(
            "broken · \"P1\" · dashboards/shop/shop.json:4 · parse error: up + · up +");
    assertThat(finding.hop()).contains("stored -> queryable");
    assertThat(finding.links()).singleElement().asString().contains("/graph?g0.expr=up%20%2B");
  }

  @Test
  void aQueryThatOnlyCloseIsMadeByOthersIsBrokenToo() {
    assertThat(look("up", "up) or (up").observed()).startsWith("1 broken (P1");
  }

  @Test
  void aMetricWithoutSeriesIsMissingAlsoWhereThePanelShowsSomething() {
    Finding finding = look("up", "gone or up");

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.settled()).as("it may come with the next scrape").isFalse();
    assertThat(finding.observed())
        .isEqualTo("1 metric missing (P1: there is no series of gone), 1 with data");
    assertThat(finding.hop()).contains("stored");
  }

  @Test
  void aMetricThatATargetDeclaresWithoutSeriesIsNotExercised() {
    declared.add("failures");

    assertThat(look("rate(failures_total[1m])")).isEqualTo(Finding.pass("1 not exercised (P0)"));
  }

  @Test
  void aPanelThatAsksForAJobThatIsNoneIsMissingSomething() {
    server.on("GET /api/v1/label/job/values", "{\"data\":[\"cart\",\"order\"]}");

    assertThat(look("idle{job=\"cart\"}", "idle{job=\"crat\"}").observed())
        .isEqualTo("1 metric missing (P1: there is no job crat), 1 not exercised (P0)");
  }

  @Test
  void aPanelThatAsksForALabelThatItsMetricDoesNotHaveIsMissingSomething() {
    declared.add("failures");

    assertThat(
            look(
                    "idle{method=\"List\"}",
                    "idle{mehtod=\"List\"}",
                    "rate(failures_total{mehtod=\"List\"}[1m])")
                .observed())
        .isEqualTo(
            "1 metric missing (P1: no series of idle has a label mehtod),"
                + " 2 not exercised (P0; P2)");
  }

  @Test
  void alertsAreOnlyThereWhileThereAreSome() {
    assertThat(look("ALERTS")).isEqualTo(Finding.pass("1 not exercised (P0)"));
  }

  @Test
  void whatMayBeMissingForAStackThatWasLeftOutIsLeftOutToo() {
    absent = List.of("logging");

    Finding finding = look("up", "gone");

    assertThat(finding.verdict()).isEqualTo(Verdict.SKIP);
    assertThat(finding.observed()).endsWith("the platform was brought up without logging");
    assertThat(look("up +").verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void panelsAreAskedWhenTheJourneysAreOver() throws IOException {
    write("one", "up");

    assertThat(probes()).allMatch(Probe::afterJourneys);
  }

  @Test
  void distinctQueriesOfAllDashboardsAreAskedInOneRequest() throws IOException {
    write("one", "up", "idle", "up");
    write("two", "up", "up + 1");

    for (Probe probe : probes()) {
      assertThat(probe.look().verdict()).isEqualTo(Verdict.PASS);
    }

    assertThat(server.calls()).hasSize(2).containsOnly("GET /api/v1/query");
    assertThat(server.asked().get(0).query().split("count\\(\\(", -1)).hasSize(4);
  }

  @Test
  void aVariableWhoseMetricIsGoneIsTold() throws IOException {
    Path file = root.resolve("dashboards/shop/shop.json");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        {"templating": {"list": [
           {"name": "v", "type": "query", "query": "label_values(gone, job)"}]},
         "panels": [{"title": "P", "targets": [{"expr": "up{job='$v'}"}]}]}
        """);

    assertThat(probes().get(0).look().observed())
        .startsWith("1 metric missing (variable v: there is no series of gone)");
  }

  @Test
  void aFileThatIsNoJsonIsBad() throws IOException {
    Files.createDirectories(root.resolve("dashboards"));
    Files.writeString(root.resolve("dashboards/x.json"), "{");

    Finding finding = probes().get(0).look();

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.observed()).startsWith("dashboards/x.json:1:").contains("not valid JSON");
  }

  private Finding look(String... expressions) {
    try {
      write("shop", expressions);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return probes().get(0).look();
  }

  private List<Probe> probes() {
    return PanelProbes.all(root, absent, List::of, Set.of(), () -> server.as("prometheus")).stream()
        .filter(probe -> probe.id().equals("dashboards/panels"))
        .toList();
  }

  /** A dashboard with a panel a line, from the third on. */
  private void write(String uid, String... expressions) throws IOException {
    StringBuilder json = new StringBuilder("{\n\"panels\": [\n");
    for (int i = 0; i < expressions.length; i++) {
      json.append(i == 0 ? "" : ",\n")
          .append("{\"title\": \"P%d\", \"targets\": [{\"expr\": \"".formatted(i))
          .append(expressions[i].replace("\"", "\\\""))
          .append("\"}]}");
    }
    Path file = root.resolve("dashboards/shop/" + uid + ".json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, json.append("]}"));
  }

  private Answer query(Asked asked) {
    String query = parameter(asked.query());
    if (query.contains("mehtod!=\"\"")) {
      return vector("__name__", List.of());
    }
    if (query.startsWith("count by (__name__)")) {
      return vector("__name__", metrics.keySet().stream().filter(query::contains).toList());
    }
    if (query.startsWith("group by (job)")) {
      return vector("job", List.of());
    }
    List<String> data = new java.util.ArrayList<>();
    Matcher part = PART.matcher(query);
    boolean batch = false;
    while (part.find()) {
      batch = true;
      if (isRefused(part.group(1))) {
        return new Answer(400, REFUSAL.formatted("in a batch"));
      }
      if (hasData(part.group(1))) {
        data.add(part.group(2));
      }
    }
    if (batch) {
      return vector("q", data);
    }
    return isRefused(query)
        ? new Answer(400, REFUSAL.formatted(query))
        : vector("q", hasData(query) ? List.of("0") : List.of());
  }

  private static boolean isRefused(String query) {
    return query.strip().endsWith("+") || query.contains(") or (");
  }

  private boolean hasData(String query) {
    return metrics.entrySet().stream().anyMatch(m -> m.getValue() && query.contains(m.getKey()));
  }

  private static Answer vector(String label, List<String> values) {
    String results =
        String.join(
            ",",
            values.stream()
                .map(v -> "{\"metric\":{\"%s\":\"%s\"},\"value\":[1,\"1\"]}".formatted(label, v))
                .toList());
    return new Answer(200, "{\"data\":{\"result\":[%s]}}".formatted(results));
  }

  /** The first parameter; the server has decoded all but the plus. */
  private static String parameter(String query) {
    String first = query.substring("query=".length());
    int more = first.indexOf("&start=");
    return new String((more < 0 ? first : first.substring(0, more)).getBytes(UTF_8), UTF_8);
  }
}
