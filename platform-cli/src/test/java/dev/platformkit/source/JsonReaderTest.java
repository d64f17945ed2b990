package dev.platformkit.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  @Test
  void everyValueKnowsWhereItStands() {
    Node.Mapping root = JsonReader.parse("{\n\t\"a\": [1, \"two\", null]\n}", "f").asMapping();

    Node.Mapping.Entry a = root.entry("a").orElseThrow();
    assertThat(a.position()).hasToString("f:2:2");
    assertThat(a.value().asSequence().items().get(1).position()).hasToString("f:2:11");
    assertThat(a.value().asSequence().items().get(2).describe()).isEqualTo("nothing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{\"a\": 1,}", "{\"a\": 1} {}", "{\"a\": 1, \"a\": 2}", "{a: 1}", "// c\n{}"})
  void whatIsNoJsonIsToldWithItsPlace(String text) {
    assertThatThrownBy(() -> JsonReader.parse(text, "f"))
        .isInstanceOfSatisfying(
            Unreadable.class,
            e -> {
              assertThat(e.position().file()).isEqualTo("f");
              assertThat(e).hasMessageStartingWith("not valid JSON");
            });
  }
}
