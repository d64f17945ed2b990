package dev.platformkit.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.report.html.Waterfall.Row;
import dev.platformkit.verify.Exhibits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaterfallTest {
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void eachSpanStandsBelowTheOneThatCausedIt() {
    Waterfall waterfall =
        waterfall(
            span("d", "c", 50, 10),
            span("a", "announced", 0, 100),
            span("c", "a", 40, 30),
            span("b", "a", 10, 20));

    assertThat(waterfall.rows()).extracting(r -> r.span().id()).containsExactly("a", "b", "c", "d");
    assertThat(waterfall.rows()).extracting(Row::depth).containsExactly(0, 1, 1, 2);
    assertThat(waterfall.rows()).noneMatch(Row::orphan);
  }

  @Test
  void barsAreInProportion() {
    Waterfall waterfall = waterfall(span("a", "announced", 0, 200), span("b", "a", 50, 100));

    assertThat(waterfall.took()).isEqualTo(Duration.ofMillis(200));
    assertThat(waterfall.rows().get(1).left()).isEqualTo(25);
    assertThat(waterfall.rows().get(1).width()).isEqualTo(50);
    assertThat(waterfall.rows().get(1).offset()).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  void aSpanThatEndsAfterItsParentStaysInside() {
    Waterfall waterfall = waterfall(span("a", "announced", 0, 100), span("b", "a", 90, 60));

    assertThat(waterfall.took()).isEqualTo(Duration.ofMillis(150));
    assertThat(waterfall.rows()).allMatch(row -> row.left() + row.width() <= 100.0001);
  }

  @Test
  void aSpanWhoseParentIsMissingIsMarked() {
    Waterfall waterfall =
        waterfall(span("a", "announced", 0, 9), span("b", "gone", 1, 2), span("c", "", 2, 3));

    assertThat(waterfall.rows()).extracting(Row::orphan).containsExactly(false, true, true);
  }

  @Test
  void spansThatNameEachOtherAsParentsAreNotLost() {
    Waterfall waterfall =
        waterfall(span("a", "b", 0, 9), span("b", "a", 1, 2), span("c", "c", 2, 3));

    assertThat(waterfall.rows()).hasSize(3);
    assertThat(waterfall.rows()).anyMatch(Row::orphan);
  }

  @Test
  void anInstantOfATraceHasABar() {
    assertThat(waterfall(span("a", "announced", 0, 0)).rows().get(0).width()).isBetween(0.0, 100.0);
  }

  @Test
  void aDeepTraceIsNoTroubleAndNoTraceIsNone() {
    List<Exhibits.Span> deep = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      deep.add(span("s" + i, i == 0 ? "announced" : "s" + (i - 1), i, 1));
    }

    assertThat(waterfall(deep.toArray(Exhibits.Span[]::new)).rows()).hasSize(20_000);
    assertThat(waterfall().rows()).isEmpty();
  }

  private static Waterfall waterfall(Exhibits.Span... spans) {
    return Waterfall.of(new Exhibits.Trace("view", "t1", List.of(spans)), "announced");
  }

  private static Exhibits.Span span(String id, String parent, int start, int took) {
    return new Exhibits.Span(
        id,
        parent,
        "cart",
        "GetCart",
        "server",
        START.plusMillis(start),
        Duration.ofMillis(took),
        false);
  }
}
