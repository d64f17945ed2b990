package dev.platformkit.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Who counts is seen to count. */
class LineCountTest {
  private static final List<String> WRITTEN = List.of("a", "b", "c");

  @Test
  void linesThatAreAllThereOnceAreExactInWhateverOrder() {
    assertThat(LineCount.of(WRITTEN, List.of("c", "a", "b")).exact()).isTrue();
  }

  @Test
  void aMissingOneIsTold() {
    LineCount count = LineCount.of(WRITTEN, List.of("a", "c"));

    assertThat(count.exact()).isFalse();
    assertThat(count).hasToString("1 missing [b], 0 double [], 0 unknown []");
  }

  @Test
  void oneThatIsThereThreeTimesIsTwoTooMany() {
    LineCount count = LineCount.of(WRITTEN, List.of("a", "b", "c", "b", "b"));

    assertThat(count.exact()).isFalse();
    assertThat(count).hasToString("0 missing [], 2 double [b, b], 0 unknown []");
  }

  @Test
  void oneThatWasNeverWrittenIsTold() {
    LineCount count = LineCount.of(WRITTEN, List.of("a", "b", "c", "x"));

    assertThat(count.exact()).isFalse();
    assertThat(count).hasToString("0 missing [], 0 double [], 1 unknown [x]");
  }

  @Test
  void aMissingOneIsNotMadeUpForByADoubleOne() {
    assertThat(LineCount.of(WRITTEN, List.of("a", "b", "b")).exact()).isFalse();
  }
}
