package dev.platformkit.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.problem.ExitCode;
import dev.platformkit.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KvExportTest {
  @TempDir Path root;

  private final FakeConsul consul = new FakeConsul();

  @AfterEach
  void close() {
    consul.close();
  }

  @Test
  void whatWasExportedIsReadBackAsItWas() throws IOException {
    List<String> values =
        List.of(
            "",
            " ",
            "20",
            "-0",
            "007",
            "1e3",
            "true",
            "yes",
            "null",
            "~",
            "Hello",
            "a: b # c",
            "- x",
            "\"'\\",
            "line\nline\r\n\ttab",
            "\u0001\u007f\u0085\u2028\ufeff\ufffe",
            "é😀",
            "{{x}}",
            "&a *b !c %d @e",
            "x".repeat(70_000).substring(0, 65_536));
    for (int i = 0; i < values.size(); i++) {
      consul.put("config/category/k" + i, values.get(i));
    }
    consul.put("config/cart/feature/null", "x").put("config/cart/1.5", "y");

    KvExport export = export(false);

    assertThat(export.written()).containsExactly("kv/cart.yaml", "kv/category.yaml");
    assertThat(export.leftOut()).isEmpty();
    assertThat(diff().differs()).isFalse();
    assertThat(diff().foreign()).isEmpty();
    assertThat(diff().wanted()).isEqualTo(values.size() + 2);
    assertThat(Files.readString(root.resolve("kv/cart.yaml")))
        .isEqualTo(
            """
            # What Consul held under config/cart/, written by platform kv export.
            keys:
              1.5: y
              feature/null: x
            """);
    try (var files = Files.list(root.resolve("kv"))) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void aFileThatSaysItAlreadyKeepsItsComments() throws IOException {
    write("keys: # mine\n  page-size: { value: 20, max: 100 }\n");
    consul.put("config/category/page-size", "20");

    KvExport export = export(true);

    assertThat(export.unchanged()).containsExactly("kv/category.yaml");
    assertThat(Files.readString(root.resolve("kv/category.yaml"))).contains("# mine");
  }

  @Test
  void aFileThatSaysSomethingElseIsReplacedOnlyWhenToldAndNothingIsWrittenOtherwise()
      throws IOException {
    write("keys:\n  page-size: 20\n");
    consul.put("config/category/page-size", "30").put("config/cart/new", "1");

    assertThatThrownBy(() -> export(false))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(problem).hasMessage("kv/category.yaml says something else than Consul");
            });
    assertThat(root.resolve("kv/cart.yaml")).doesNotExist();

    export(true);
    assertThat(diff().differs()).isFalse();
  }

  @Test
  void whatWasDemandedOfAKeyStaysDemandedWhereItsValueAllowsThat() throws IOException {
    write(
        """
        keys:
          page-size: { value: 20, type: int, max: 100, about: "on: a page" }
          level: { value: info, one_of: [debug, info] }
          code: { value: "1", one_of: ["1", "2"] }
          ratio: { value: 1, max: 2 }
        """);
    consul
        .put("config/category/page-size", "30")
        .put("config/category/level", "trace")
        .put("config/category/code", "2")
        .put("config/category/ratio", "3");

    export(true);

    assertThat(Files.readString(root.resolve("kv/category.yaml")))
        .isEqualTo(
            """
            # What Consul held under config/category/, written by platform kv export.
            keys:
              code: { value: "2", one_of: ["1", "2"] }
              level: trace
              page-size: { value: 30, type: int, max: 100, about: "on: a page" }
              ratio: 3
            """);
  }

  @Test
  void whatNoFileCanHoldIsLeftOutAloudAndWhatVerifyWritesSilently() {
    consul
        .putBytes("config/category/blob", new byte[] {(byte) 0xff})
        .put("config/category/a b", "1")
        .put("config/category/", "")
        .put("config/Cart/a", "1")
        .put("config/alone", "1")
        .put("config/category/platform-probe", "nonce");

    KvExport export = export(false);

    assertThat(export.written()).isEmpty();
    assertThat(export.leftOut())
        .containsExactly(
            "config/Cart/a: is not a service's name of lower-case letters, digits, - and _",
            "config/alone: belongs to no service",
            "config/category/: is not a name of letters, digits, ., _ and -, with / between parts",
            "config/category/a b: is not a name of letters, digits, ., _ and -,"
                + " with / between parts",
            "config/category/blob: is not text");
  }

  private void write(String text) throws IOException {
    Files.createDirectories(root.resolve("kv"));
    Files.writeString(root.resolve("kv/category.yaml"), text);
  }

  private KvExport export(boolean overwrite) {
    return KvExport.write(
        root,
        root.resolve("kv"),
        Desired.read(root, root.resolve("kv")),
        consul.store().entries(Keys.PREFIX),
        List.of(),
        overwrite);
  }

  private KvDiff diff() {
    return KvDiff.between(
        Desired.read(root, root.resolve("kv")), consul.store().entries(Keys.PREFIX), List.of());
  }
}
