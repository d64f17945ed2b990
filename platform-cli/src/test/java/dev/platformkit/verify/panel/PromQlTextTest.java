package dev.platformkit.verify.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.verify.panel.PromQlText.LabelOf;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a PromQL expression from its words. */
class PromQlTextTest {
  @Test
  void functionsAggregationsLabelsAndKeywordsAreNoMetrics() {
    assertThat(
            names(
                "sum by (job, le) (rate(a_total{job=~\"b.+\", c!=\"d\"}[5m] offset 1h))"
                    + " / on (e) group_left (f) max without (g) (h:i) > bool 1e3 or inf"))
        .containsExactlyInAnyOrder("a_total", "h:i");
  }

  @Test
  void whatStandsBehindAnAggregationIsNoMetricThoughItsGroupingComesLast() {
    assertThat(names("sum(up) by (job) unless count by (x) (down)"))
        .containsExactlyInAnyOrder("up", "down");
  }

  @Test
  void textsAndCommentsAreNoMetrics() {
    assertThat(
            names(
                """
                label_replace(up, "a", "b } $1", 'c', `d"`) # and e
                + f{g="}"}"""))
        .containsExactlyInAnyOrder("up", "f");
  }

  @Test
  void labelsThatAreWantedAreThoseOfTheMetricBeforeThem() {
    assertThat(
            PromQlText.of(
                    "sum by (z) (a{b=\"1\", c=~\"x, d=\\\"2\", e!=\"3\", f=\"\"}) / g"
                        + " + {h=\"4\"} + {__name__=\"i\", j='5'}")
                .labels())
        .containsExactlyInAnyOrder(
            new LabelOf("a", "b"),
            new LabelOf("a", "c"),
            new LabelOf("i", "__name__"),
            new LabelOf("i", "j"));
  }

  @Test
  void aResultSaysNothingOfTheMetricsWhereThereIsOneWithoutThem() {
    assertThat(PromQlText.of("sum(a) / on () b").needsAll()).isTrue();
    assertThat(PromQlText.of("sum(a) or vector(0)").needsAll()).isFalse();
    assertThat(PromQlText.of("b unless a").needsAll()).isFalse();
  }

  @Test
  void aMetricMayBeNamedByItsLabel() {
    assertThat(names("{__name__=\"up\", job=\"a\"} + {__name__=~\"b|c\"}")).containsExactly("up");
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "sum(up{a=\")\"})", "up # (", "(up) + (down)"})
  void whatClosesMayStandInBrackets(String expression) {
    assertThat(PromQlText.of(expression).isClosed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sum(up", "up) or (up", "up{a=\"b\"", "up{a=\"b}", "up[5m", "'a"})
  void whatDoesNotCloseMayNot(String expression) {
    assertThat(PromQlText.of(expression).isClosed()).isFalse();
  }

  private static Set<String> names(String expression) {
    return PromQlText.of(expression).names();
  }

  @Test
  void jobsAreThoseThatItWantsSeriesOf() {
    assertThat(PromQlText.of("rate(a{job=\"cart\",m!=\"x\"}[1m]) / b{job = \"order\"}").jobs())
        .containsExactlyInAnyOrder("cart", "order");
    assertThat(PromQlText.of("a{job!=\"x\"} + b{job=~\"x|y\"} + c{probe_job=\"z\"}").jobs())
        .isEmpty();
  }
}
