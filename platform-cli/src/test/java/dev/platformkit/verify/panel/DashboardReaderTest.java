package dev.platformkit.verify.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.source.Unreadable;
import dev.platformkit.verify.panel.Dashboard.Panel;
import dev.platformkit.verify.panel.Dashboard.Query;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dashboards, as Grafana reads them. */
class DashboardReaderTest {
  private static final DataSources SOURCES =
      new DataSources(
          Map.of("prometheus", "prometheus", "logs", "elasticsearch"), "prometheus", "5s");

  @Test
  void panelsStandAtTheTopInCollapsedRowsAndInRowsOfOldFiles() {
    assertThat(
            panels(
                """
                {"panels": [
                  {"type": "stat", "title": "a", "targets": [{"expr": "up"}]},
                  {"type": "row", "title": "r", "repeat": "x", "panels": [
                    {"type": "stat", "title": "b", "targets": [{"expr": "up"}]}]},
                  {"type": "text", "title": "only words"}],
                 "rows": [{"panels": [{"title": "c", "targets": [{"expr": "up"}]}]}]}"""))
        .extracting(Panel::title, panel -> panel.repeats().orElse(""))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a", ""),
            org.assertj.core.groups.Tuple.tuple("b", "x"),
            org.assertj.core.groups.Tuple.tuple("c", ""));
  }

  @Test
  void aPanelHasSeveralTargetsAndEachItsPlace() {
    Panel panel =
        panel(
            """
            {"title": "a", "targets": [
              {"expr": "one"},
              {"expr": "two", "instant": true}]}""");

    assertThat(panel.queries()).extracting(Query::expression).containsExactly("one", "two");
    assertThat(panel.queries()).extracting(Query::range).containsExactly(true, false);
    assertThat(panel.queries()).extracting(query -> query.position().line()).containsExactly(2, 3);
  }

  @Test
  void aHiddenTargetIsNotAskedUnlessAnExpressionWorksOnIt() {
    assertThat(panels("{'panels': [{'targets': [{'expr': 'a', 'hide': true}]}]}")).isEmpty();
    assertThat(
            panel(
                    """
                    {"targets": [{"expr": "a", "hide": true},
                      {"datasource": {"type": "__expr__", "uid": "__expr__"}}]}""")
                .queries())
        .extracting(Query::expression)
        .containsExactly("a");
  }

  @Test
  void aPrometheusThatGrafanaIsNotGivenIsToldWithThePlace() {
    assertThatThrownBy(
            () ->
                panels(
                    """
                    {"panels": [{"targets": [{"expr": "up"}],
                      "datasource": {"type": "prometheus", "uid": "prometheuss"}}]}"""))
        .isInstanceOf(Unreadable.class)
        .hasMessage("no data source has the uid \"prometheuss\"")
        .extracting(e -> ((Unreadable) e).position().line())
        .isEqualTo(2);
  }

  @Test
  void whatAsksAnotherDataSourceIsLeftOutAloud() {
    assertThat(panel("{\"datasource\": \"logs\", \"targets\": [{\"query\": \"x\"}]}").leftOut())
        .contains("asks elasticsearch");
    assertThat(
            panel(
                    """
                    {"datasource": {"type": "datasource", "uid": "-- Mixed --"}, "targets": [
                      {"datasource": {"uid": "logs"}},
                      {"datasource": {"uid": "prometheus"}, "expr": "a"}]}""")
                .queries())
        .hasSize(1);
  }

  @Test
  void aDataSourceMayBeAVariable() {
    assertThat(
            panels(
                """
                {"templating": {"list": [
                   {"name": "ds", "type": "datasource", "query": "prometheus"}]},
                 "panels": [{"datasource": {"uid": "${ds}"}, "targets": [{"expr": "a"}]}]}"""))
        .singleElement()
        .satisfies(panel -> assertThat(panel.queries()).hasSize(1));
  }

  @Test
  void aLibraryPanelIsLeftOutAloud() {
    assertThat(panel("{\"libraryPanel\": {\"uid\": \"x\", \"name\": \"y\"}}").leftOut())
        .contains("a library panel, which only Grafana holds");
  }

  @Test
  void dataSourcesAreThoseThatGrafanaIsProvisionedWith(@TempDir Path root) throws Exception {
    Path folder = root.resolve("stacks/x/grafana/provisioning/datasources");
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("a.yaml"),
        """
        datasources:
          - { name: Metrics, uid: m, type: prometheus, jsonData: { timeInterval: 7s } }
          - { name: Logs, uid: l, type: loki, isDefault: true }
        """);

    DataSources sources = DataSources.of(root);

    assertThat(sources.interval()).isEqualTo("7s");
    assertThat(sources.type(Optional.empty(), Optional.empty(), Map.of())).isEqualTo("loki");
    assertThat(sources.type(Optional.empty(), Optional.of("prometheus"), Map.of()))
        .isEqualTo("prometheus");
  }

  private static Panel panel(String json) {
    List<Panel> panels = panels("{\"panels\": [" + json + "]}");
    assertThat(panels).hasSize(1);
    return panels.get(0);
  }

  private static List<Panel> panels(String json) {
    return DashboardReader.read(json.replace('\'', '"'), "d", "dashboards/d.json", SOURCES)
        .panels();
  }
}
