package dev.platformkit.verify.journey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorTest {
  @Test
  void aSelectorIsRead() {
    Selector selector =
        Selector.parse("calls_total{service=\"cart\", code=~\"O.|\\\"\", x!='y',}").orElseThrow();

    assertThat(selector.metric()).isEqualTo("calls_total");
    assertThat(selector.conditions()).hasSize(3);
    assertThat(selector.value("service")).contains("cart");
    assertThat(selector.value("code")).isEmpty();
    assertThat(selector.value("x")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rate(calls_total[1m])",
        "sum(calls_total)",
        "calls_total + 1",
        "calls_total[1m]",
        "calls_total{service=cart}",
        "calls_total{service=\"cart\"",
        "{service=\"cart\"}"
      })
  void anyOtherExpressionIsNone(String text) {
    assertThat(Selector.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a               | a               | true",
        "a               | b               | false",
        "a{x=\"1\"}      | a{x=\"2\"}      | false",
        "a{x=\"1\"}      | a{x=\"1\",y=\"2\"} | true",
        "a{x=\"1\"}      | a{y=\"2\"}      | true",
        "a{x=\"1\"}      | a{x=~\"2.+\"}   | true",
      })
  void selectorsOverlapUnlessALabelTellsThemApart(String a, String b, boolean overlap) {
    Selector one = Selector.parse(a).orElseThrow();
    Selector other = Selector.parse(b).orElseThrow();

    assertThat(one.overlaps(other)).isEqualTo(overlap);
    assertThat(other.overlaps(one)).isEqualTo(overlap);
  }
}
