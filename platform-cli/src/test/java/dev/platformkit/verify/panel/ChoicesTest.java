package dev.platformkit.verify.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.verify.panel.Choices.Filled;
import dev.platformkit.verify.panel.Choices.Lookup;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Variables, filled into queries as Grafana does. */
class ChoicesTest {
  private static final String SERVICE =
      "{'name': 'service', 'type': 'query', 'query': 'label_values(up, job)', 'includeAll': true";

  @Test
  void allOfThemAreAnAlternativeWithDotsEscaped() {
    assertThat(fill("up{job=~'$service'}", SERVICE + "}")).isEqualTo("up{job=~'(a\\\\.1|b)'}");
  }

  @Test
  void whatStandsForAllIsUsedWhereAllAreChosen() {
    assertThat(fill("$service", SERVICE + ", 'allValue': '.+', 'current': {'value': ['$__all']}}"))
        .isEqualTo(".+");
  }

  @Test
  void whatIsChosenIsUsedWhileThereIsSuchAThing() {
    assertThat(fill("[[service]]", SERVICE + ", 'current': {'value': ['b', 'gone']}}"))
        .isEqualTo("b");
    assertThat(fill("${service:pipe}", SERVICE + ", 'current': {'value': 'gone'}}"))
        .isEqualTo("a.1|b");
  }

  @Test
  void aRegexChoosesValuesAndAPartOfThem() {
    assertThat(fill("$service", SERVICE + ", 'regex': '/(.+)\\\\.\\\\d/'}")).isEqualTo("a");
  }

  @Test
  void oneThatMayBeOnlyOneIsTheFirst() {
    assertThat(fill("$x", "{'name': 'x', 'type': 'query', 'query': 'label_values(job)'}"))
        .isEqualTo("a.1");
  }

  @Test
  void aPanelThatIsRepeatedHasOneAtATime() {
    Choices choices = choices(SERVICE + "}");

    assertThat(choices.fill(query("$service"), Optional.of("service")).expression())
        .isEqualTo("a\\\\.1");
  }

  @Test
  void variablesMayUseEachOther() {
    Choices choices =
        choices(
            "{'name': 'n', 'type': 'query', 'query': {'query': 'label_values(x{job=~\\\"$service\\\"}, i)'}},"
                + SERVICE
                + "}");

    assertThat(choices.lookups())
        .extracting(Lookup::selector)
        .containsExactlyInAnyOrder("up", "x{job=~\"(a\\\\.1|b)\"}");
  }

  @Test
  void thereAreVariablesWithoutAQuery() {
    String all =
        "{'name': 'c', 'type': 'constant', 'query': 'k'}, {'name': 't', 'type': 'textbox'},"
            + "{'name': 'i', 'type': 'interval', 'query': '2m,5m'},"
            + "{'name': 'u', 'type': 'custom', 'query': 'One : 1, Two : 2', 'multi': true}";

    assertThat(fill("$c-$t-$i-$u", all)).isEqualTo("k--2m-(1|2)");
  }

  @Test
  void stepsFollowFromTheTimeThatIsShownAndFromHowOftenItIsScraped() {
    assertThat(fill("$__interval $__rate_interval ${__range} $__interval_ms", ""))
        .isEqualTo("5s 20s 900s 5000");
  }

  @Test
  void whatIsNotDeclaredStaysAsItStands() {
    assertThat(fill("$nobody ${nobody}", "")).isEqualTo("$nobody ${nobody}");
  }

  @Test
  void whatCannotBeFoundHereLeavesItsPanelsOutAloud() {
    Choices choices = choices("{'name': 'x', 'type': 'query', 'query': 'query_result(up)'}");

    assertThat(choices.fill(query("$x"), Optional.empty()).leftOut())
        .contains("uses the variable x, which is found by query_result(up), not by label_values");
    assertThat(choices.fill(query("up"), Optional.empty()).leftOut()).isEmpty();
  }

  private static String fill(String expression, String variables) {
    Filled filled = choices(variables).fill(query(expression), Optional.empty());
    assertThat(filled.leftOut()).isEmpty();
    return filled.expression();
  }

  private static Choices choices(String variables) {
    String json = "{'time': {'from': 'now-15m'}, 'templating': {'list': [" + variables + "]}}";
    Dashboard dashboard =
        DashboardReader.read(
            json.replace('\'', '"'), "d", "d.json", new DataSources(Map.of(), "prometheus", "5s"));
    return new Choices(
        dashboard,
        Times.of(dashboard.from(), "5s"),
        (selector, label) -> Optional.of(Set.of("b", "a.1")));
  }

  private static Dashboard.Query query(String expression) {
    return new Dashboard.Query(
        expression,
        new dev.platformkit.source.Position("d.json", 1, 1),
        true,
        Optional.empty(),
        1000);
  }
}
