package dev.platformkit.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.problem.ExitCode;
import dev.platformkit.problem.Problem;
import dev.platformkit.source.SourceFile;
import dev.platformkit.source.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KvFileTest {
  @TempDir Path root;

  @Test
  void aValueIsWrittenShortOrWithWhatIsDemandedOfIt() {
    KvFile file =
        file(
            """
            summary: How the catalogue is shown
            keys:
              welcome: Hello, you
              empty: ""
              page-size: { value: 20, type: int, min: 1, max: 100, about: on a page }
              ratio: { value: 0.5, min: -1, max: 0.5 }
              feature/search: true
              log-level: { value: info, one_of: [debug, info] }
            """);

    assertThat(file.mistakes()).isEmpty();
    assertThat(file.settings())
        .extracting(s -> s.key() + "=" + s.value())
        .containsExactly(
            "config/category/welcome=Hello, you",
            "config/category/empty=",
            "config/category/page-size=20",
            "config/category/ratio=0.5",
            "config/category/feature/search=true",
            "config/category/log-level=info");
  }

  @Test
  void aValueOfAnotherTypeIsRefused() {
    assertThat(told("a: { value: \"20\", type: int }"))
        .containsExactly("2:16 expected a whole number such as 20, without quotes, found \"20\"");
    assertThat(told("a: { value: yes, type: boolean }"))
        .containsExactly("2:15 expected true or false, without quotes, found \"yes\"");
    assertThat(told("a: { value: 1.5, type: int }")).hasSize(1);
    assertThat(told("a: { value: x, type: string }"))
        .containsExactly("2:24 expected one of text, int, number, boolean, found \"string\"");
    assertThat(told("a: { value: 1, type: text }")).isEmpty();
  }

  @Test
  void aValueBeyondItsLimitsIsRefused() {
    assertThat(told("a: { value: 0, min: 1 }")).containsExactly("2:15 0 is less than min 1");
    assertThat(told("a: { value: 101, max: 100 }"))
        .containsExactly("2:15 101 is more than max 100");
    assertThat(told("a: { value: 5, min: 9, max: 1 }"))
        .containsExactly("2:23 min 9 is more than max 1");
    assertThat(told("a: { value: x, min: 1 }"))
        .containsExactly("2:23 min is for numbers, and the value is text");
    assertThat(told("a: { value: 1, one_of: [2, x] }"))
        .containsExactly("2:30 expected a whole number such as 20, without quotes, found \"x\"");
    assertThat(told("a: { value: 1, one_of: 1 }"))
        .containsExactly("2:26 expected a list, found \"1\"");
  }

  @Test
  void aValueHasToBeThereAndOne() {
    assertThat(told("a:"))
        .containsExactly("2:3 expected a value, found nothing; empty text is \"\"");
    assertThat(told("a: [1, 2]")).hasSize(1);
    assertThat(told("a: { min: 1 }")).containsExactly("2:3 \"a\" has no value");
  }

  @Test
  void aNameThatNoServiceWouldFindIsRefused() {
    assertThat(told("/a: 1")).hasSize(1).first().asString().contains("is not a name of letters");
    assertThat(told("a//b: 1")).hasSize(1);
    assertThat(told("../b: 1")).hasSize(1);
    assertThat(told("\"a b\": 1")).hasSize(1);
    assertThat(told("a/: 1")).hasSize(1);
    assertThat(told("k".repeat(129) + ": 1")).hasSize(1);
    assertThat(told("platform-probe: 1"))
        .containsExactly(
            "2:3 \"platform-probe\" is the key that platform verify writes and deletes by itself");
  }

  @Test
  void aValueIsAtMostSoLarge() {
    assertThat(told("a: " + "x".repeat(Keys.MAX_VALUE_BYTES))).isEmpty();
    assertThat(told("a: " + "é".repeat(Keys.MAX_VALUE_BYTES / 2) + "x"))
        .containsExactly("2:3 \"a\" has a value of 65537 bytes; at most 65536");
  }

  @Test
  void aFileIsAMappingWithKeys() {
    assertThat(file("- a\n").mistakes()).hasSize(1);
    assertThat(file("keys: [a]\n").mistakes()).hasSize(1);
    assertThat(file("kys: { a: 1 }\n").mistakes())
        .extracting(Mistake::line)
        .containsExactly(
            "kv/category.yaml:1:1  unknown key \"kys\"; known here: summary, keys;"
                + " did you mean \"keys\"?",
            "kv/category.yaml:1:1  the key \"keys\" is missing");
  }

  @Test
  void allMistakesOfAllFilesAreToldBeforeConsulIsAsked() throws IOException {
    Files.createDirectories(root.resolve("kv"));
    Files.writeString(root.resolve("kv/cart.yaml"), "keys:\n  a: 1\n  a: 2\n");
    Files.writeString(root.resolve("kv/Cart.yaml"), "keys: { a: 1 }\n");
    Files.writeString(root.resolve("kv/user.yaml"), "");

    assertThatThrownBy(() -> Desired.read(root, root.resolve("kv")))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(problem).hasMessage("3 mistakes in kv");
              assertThat(problem.details())
                  .containsExactly(
                      "kv/Cart.yaml:1:1  \"Cart\" is not a service's name of lower-case letters,"
                          + " digits, - and _",
                      "kv/cart.yaml:3:3  the key \"a\" stands here a second time",
                      "kv/user.yaml:1:1  expected a mapping, found nothing",
                      "nothing was asked of Consul");
            });
  }

  @Test
  void aProjectWithoutTheFolderWantsNothing() {
    assertThat(Desired.read(root, root.resolve("kv")).files()).isEmpty();
  }

  private static List<String> told(String line) {
    return file("keys:\n  " + line + "\n").mistakes().stream()
        .map(
            m ->
                m.spot().position().line() + ":" + m.spot().position().column() + " " + m.message())
        .toList();
  }

  private static KvFile file(String text) {
    SourceFile source =
        SourceFile.of(Path.of("/project/kv/category.yaml"), "kv/category.yaml", text);
    return KvFile.of(source, YamlReader.parse(text, "kv/category.yaml"));
  }
}
