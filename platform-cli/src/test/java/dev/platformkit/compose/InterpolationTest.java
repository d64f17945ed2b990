package dev.platformkit.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.source.Position;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values are what {@code docker compose config} makes of the same texts. */
class InterpolationTest {
  private static final Position SOMEWHERE = new Position(".env", 1, 1);
  private static final Variables VARIABLES =
      new Variables(
          Map.of(
              "A", new Variables.Value("a", SOMEWHERE),
              "EMPTY", new Variables.Value("", SOMEWHERE)),
          Set.of("OUTSIDE"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "$A-$A | a-a",
        "${A}b | ab",
        "$$A | $A",
        "$${A} | ${A}",
        "${NONE:-x} | x",
        "${NONE-x} | x",
        "${EMPTY:-x} | x",
        "\"${EMPTY-x}\" | \"\"",
        "${A:+x} | x",
        "\"${EMPTY:+x}\" | \"\"",
        "${EMPTY+x} | x",
        "\"${NONE:+x}\" | \"\"",
        "${NONE:-${A}/y} | a/y",
        "${A:?must be} | a",
      })
  void replacesAsComposeDoes(String text, String expected) {
    Interpolation interpolation = Interpolation.of(text, VARIABLES);

    assertThat(interpolation.text()).isEqualTo(expected);
    assertThat(interpolation.complete()).isTrue();
  }

  @Test
  void whatIsSetElsewhereIsSetButItsValueIsNotKnown() {
    Interpolation interpolation = Interpolation.of("${OUTSIDE}/x", VARIABLES);

    assertThat(interpolation.complete()).isFalse();
    assertThat(interpolation.references()).singleElement().matches(Interpolation.Reference::set);
  }

  @ParameterizedTest
  @CsvSource({"^a$|b,$|", "${,${", "${A,${A", "$1,$1", "${1A},${1A}"})
  void aDollarThatStartsNoVariableIsMalformed(String text, String malformed) {
    assertThat(Interpolation.of(text, VARIABLES).malformed()).containsExactly(malformed);
  }
}
