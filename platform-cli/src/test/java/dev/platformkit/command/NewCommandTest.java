package dev.platformkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On this repository itself: nothing here writes. */
class NewCommandTest {
  @TempDir private Path folder;

  @Test
  void aDryRunWritesItsResultAndNothingElse() throws IOException {
    Path result = folder.resolve("result");

    int exit =
        run(
            "new",
            "service",
            "shop-stats",
            "--dry-run",
            "-C",
            "../docs",
            "--output-file",
            result.toString());

    assertThat(exit).isZero();
    assertThat(Files.readString(result))
        .startsWith("shop-stats")
        .contains("sample-services/shop-stats/pom.xml")
        .contains("nothing written");
    assertThat(Path.of("../sample-services/shop-stats")).doesNotExist();
  }

  @Test
  void aNameThatCannotBeOrIsTakenIsBadUsage() {
    assertThat(run("new", "service", "Greeter", "-C", "..")).isEqualTo(2);
    assertThat(run("new", "service", "greeter", "-C", "..")).isEqualTo(2);
  }

  private static int run(String... args) {
    return CommandLines.run(args);
  }
}
