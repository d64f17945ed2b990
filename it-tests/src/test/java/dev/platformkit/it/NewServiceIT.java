package dev.platformkit.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A generated service is good as it is: nothing of it is edited here. */
class NewServiceIT {
  private static final String LONGEST = "a-name-of-two-and-thirty-letters";

  @TempDir private Path folder;

  private Cli copy;

  @BeforeEach
  void aCopyOfTheProject() throws IOException {
    new ProjectCopy(folder);
    BadInputIT.copy(Cli.ROOT.resolve(".mvn"), folder.resolve(".mvn"));
    copy = Cli.in(folder);
  }

  @Test
  void itPassesTheBuildItsOwnTestsTheChecksAndItsAlertsTests() {
    // The one with a dash; the other makes lines as long, and imports in as odd an order, as can
    // be.
    generate("shop-stats");
    generate(LONGEST);

    Cli.Result build =
        copy.program(
            Cli.ROOT.resolve("build"),
            "-o",
            "-q",
            "-B",
            "-f",
            folder.resolve("sample-services/pom.xml").toString(),
            "-pl",
            "shop-stats," + LONGEST,
            "-am",
            // What else is tested there has not changed by it.
            "-Dtest=GreetingsTest,ContractsAreCompatibleTest",
            "-Dsurefire.failIfNoSpecifiedTests=false",
            "test");
    assertThat(build.exit()).as(build.toString()).isZero();
    assertThat(folder.resolve("sample-services/shop-stats/target/surefire-reports"))
        .isDirectoryContaining("glob:**/TEST-*.shopstats.GreetingsTest.xml");

    Cli.Result validate = copy.run("validate", "-o", "json");
    assertThat(validate.json().path("findings"))
        .as(validate.toString())
        .noneMatch(finding -> finding.path("file").asText().contains("shop-stats"));
    assertThat(validate.exit()).as(validate.toString()).isZero();

    Cli.Result rules = copy.run("test-rules", "-o", "json");
    assertThat(rules.exit()).as(rules.toString()).isZero();
    assertThat(rules.json().path("files").findValuesAsText("file"))
        .contains("alert-rules/services/shop-stats.test.yaml");
  }

  @Test
  void aSecondOneOfTheNameIsRefusedWithWhatIsThere() {
    generate("shop-stats");

    Cli.Result again = copy.run("new", "service", "shop-stats");

    assertThat(again.exit()).as(again.toString()).isEqualTo(2);
    assertThat(again.err())
        .contains("the name shop-stats is taken")
        .containsPattern("Compose service shop-stats  stacks/samples/compose.yaml:\\d+")
        .contains("try: platform new service shop-stats-2");
  }

  private void generate(String name) {
    Cli.Result made = copy.run("new", "service", name, "-o", "json");

    assertThat(made.exit()).as(made.toString()).isZero();
    assertThat(made.json().path("written").asBoolean()).isTrue();
    made.json()
        .path("files")
        .forEach(file -> assertThat(folder.resolve(file.path("file").asText())).exists());
  }
}
