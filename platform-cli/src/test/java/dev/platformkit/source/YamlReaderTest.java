package dev.platformkit.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.problem.ExitCode;
import dev.platformkit.problem.Problem;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class YamlReaderTest {
  @Test
  void everyValueKnowsWhereItStands() {
    Node.Mapping root = parse("a:\n  b: [1, two]\n");

    Node.Sequence items = root.require("a").asMapping().require("b").asSequence();

    assertThat(items.position()).hasToString("f.yaml:2:6");
    assertThat(items.items().get(1).position()).hasToString("f.yaml:2:10");
    assertThat(items.texts()).containsExactly("1", "two");
  }

  @Test
  void aKeyKnowsWhereItStands() {
    assertThat(parse("a: 1\nb: 2\n").entry("b").orElseThrow().position()).hasToString("f.yaml:2:1");
  }

  @Test
  void mergeKeysAndAliasesAreResolvedAndTheOwnKeyWins() {
    Node.Mapping root = parse("d: &d { x: 1, y: 2 }\nc: { <<: *d, y: 3 }\n");

    Node.Mapping c = root.require("c").asMapping();

    assertThat(c.require("x").asInt()).isEqualTo(1);
    assertThat(c.require("y").asInt()).isEqualTo(3);
  }

  @Test
  void anEmptyValueIsThereAsAnEntryButHasNoValue() {
    Node.Mapping root = parse("volumes:\n  data:\n");

    Node.Mapping volumes = root.require("volumes").asMapping();

    assertThat(volumes.get("data")).isEmpty();
    assertThat(volumes.entry("data")).isPresent();
  }

  @Test
  void quotedNothingIsText() {
    assertThat(parse("a: ''").require("a").asText()).isEmpty();
  }

  @Test
  void jsonIsYamlToo() {
    assertThat(parse("{\"a\": {\"b\": 1}}").require("a").describe()).isEqualTo("a mapping");
  }

  @Test
  void brokenYamlIsToldWithItsPlace() {
    assertThatThrownBy(() -> parse("services:\n  postgres: [\n"))
        .isInstanceOf(Problem.class)
        .hasMessageMatching("f\\.yaml:\\d+:\\d+  not valid YAML.*");
  }

  @Test
  void aKeyThatStandsTwiceIsTold() {
    assertThatThrownBy(() -> parse("a: 1\na: 2\n"))
        .hasMessage("f.yaml:2:1  the key \"a\" stands here a second time");
  }

  @Test
  void anAliasWithoutItsAnchorIsTold() {
    assertThatThrownBy(() -> parse("a: *nowhere\n"))
        .hasMessageContaining("nowhere")
        .hasMessageStartingWith("f.yaml:1:4");
  }

  @Test
  void aSecondDocumentIsTold() {
    assertThatThrownBy(() -> parse("a: 1\n---\nb: 2\n")).hasMessageContaining("second document");
  }

  @Test
  void nestingHasABound() {
    assertThatThrownBy(() -> parse("[".repeat(500) + "]".repeat(500)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("nested too deeply");
  }

  @Test
  void anEmptyFileIsNoMapping() {
    assertThatThrownBy(() -> parse("")).hasMessage("f.yaml:1:1  expected a mapping, found nothing");
  }

  @Test
  void aFileThatIsNotThereIsToldByName() {
    assertThatThrownBy(() -> YamlReader.read(Path.of("/nowhere/x.yaml"), "x.yaml"))
        .hasMessage("cannot read x.yaml: there is no such file");
  }

  @Test
  void anUnknownKeyIsToldWithTheNearestKnownOne() {
    Node.Mapping root = parse("name: demo\nstack: [data]\n");

    assertThatThrownBy(() -> root.allowOnly(List.of("name", "stacks")))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem).hasMessage("f.yaml:2:1  unknown key \"stack\"");
              assertThat(problem.details()).contains("did you mean \"stacks\"?");
              assertThat(problem.exitCode()).isEqualTo(ExitCode.USAGE);
            });
  }

  @Test
  void aMissingKeyIsToldWithTheMappingThatLacksIt() {
    assertThatThrownBy(() -> parse("a: {}\n").require("a").asMapping().require("image"))
        .hasMessage("f.yaml:1:4  the key \"image\" is missing");
  }

  @Test
  void aNumberThatIsNoneIsTold() {
    assertThatThrownBy(() -> parse("port: http").require("port").asInt())
        .hasMessage("f.yaml:1:7  expected a whole number, found \"http\"");
  }

  @Test
  void aliasesOfAliasesThatStandForMoreThanMemoryHoldsAreRefused() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String alias = "*a" + (i - 1);
      text.append(
          "a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", Collections.nCopies(10, alias))));
    }

    assertThatThrownBy(() -> parse(text.toString())).hasMessageContaining("too large");
  }

  private static Node.Mapping parse(String text) {
    return YamlReader.parse(text, "f.yaml").asMapping();
  }
}
