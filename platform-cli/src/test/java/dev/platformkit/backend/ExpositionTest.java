package dev.platformkit.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpositionTest {
  @Test
  void samplesComeWithLabelsAndExemplars() {
    Exposition shown =
        Exposition.parse(
            """
            # TYPE calls counter
            calls_total{service="cart",method="Add"} 12.0 # {trace_id="abc",span_id="d"} 1.0 1795571792.5
            calls_total{service="user",method="Add"} 3
            process_open_fds 90.0
            # EOF
            """);

    assertThat(shown.samples())
        .containsExactly(
            new Exposition.Sample(
                "calls_total",
                Map.of("service", "cart", "method", "Add"),
                12,
                Map.of("trace_id", "abc", "span_id", "d")),
            new Exposition.Sample(
                "calls_total", Map.of("service", "user", "method", "Add"), 3, Map.of()),
            new Exposition.Sample("process_open_fds", Map.of(), 90, Map.of()));
    assertThat(shown.sum("calls_total", labels -> labels.get("service").equals("user")))
        .contains(3.0);
    assertThat(shown.sum("calls")).contains(15.0);
    assertThat(shown.sum("other")).isEmpty();
  }

  @Test
  void onlyAPartIsAskedForAndAllOfItOfWhoCannotTellThatPart() {
    FakeServer.Answer all = new FakeServer.Answer(200, "calls_total 2\nlines 3\n");

    assertThat(partOfCalls(new FakeServer.Answer(200, "calls_total 1\n"), all)).isEqualTo(1);
    assertThat(partOfCalls(new FakeServer.Answer(404, "no such page"), all)).isEqualTo(2);
    assertThat(partOfCalls(new FakeServer.Answer(200, "# EOF\n"), all)).isEqualTo(2);
  }

  private static double partOfCalls(FakeServer.Answer part, FakeServer.Answer all) {
    try (FakeServer fake = new FakeServer()) {
      fake.on(
          "GET /metrics",
          asked -> asked.query().equals("name[]=calls&name[]=calls_total") ? part : all);
      return Exposition.only(fake.as("cart"), List.of("calls")).sum("calls").orElseThrow();
    }
  }

  @Test
  void whatHasATimeABraceOrAQuoteInItIsRead() {
    Exposition shown =
        Exposition.parse(
            """
            a{path="/v1/{id}",says="\\"no\\" \\\\"} 1.5e+3 1795571792000
            b{le="+Inf"} +Inf
            c NaN
            """);

    assertThat(shown.samples().get(0).labels())
        .isEqualTo(Map.of("path", "/v1/{id}", "says", "\"no\" \\"));
    assertThat(shown.samples().get(0).value()).isEqualTo(1500);
    assertThat(shown.samples().get(1).value()).isInfinite();
    assertThat(shown.samples().get(2).value()).isNaN();
  }

  @Test
  void whatIsNoSampleIsPassedOver() {
    assertThat(Exposition.parse("<html>\nnothing here\n").samples()).isEmpty();
  }
}
