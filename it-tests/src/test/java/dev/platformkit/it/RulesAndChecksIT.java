package dev.platformkit.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is judged by files, and by the promtool of the Prometheus that is there to run. */
class RulesAndChecksIT {
  @TempDir Path project;

  @BeforeAll
  static void thePromtoolOfThisPlatform() {
    Cli.Result built = RunningPlatform.platform("images", "build", "prometheus", "--yes");
    assertThat(built.exit()).as(built.toString()).isZero();
  }

  @BeforeEach
  void aCopyOfTheProject() throws IOException {
    for (String part :
        List.of("platform.yaml", "stacks", "alert-rules", "dashboards", "filebeat")) {
      BadInputIT.copy(Cli.ROOT.resolve(part), project.resolve(part));
    }
  }

  @Test
  void theRulesOfThisRepositoryPassTheirTests() {
    Cli.Result tests = RunningPlatform.platform("test-rules", "-o", "json");

    assertThat(tests.exit()).as(tests.toString()).isZero();
    assertThat(tests.json().path("verdict").asText()).isEqualTo("pass");
    assertThat(tests.json().path("files").size()).isGreaterThan(5);
    tests.json().path("files").forEach(f -> assertThat(f.path("tests").asInt()).isPositive());
  }

  @Test
  void aRuleThatWaitsTooLongIsToldWithItsTest() throws IOException {
    Path rules = project.resolve("alert-rules/services/availability.rules.yaml");
    String before = Files.readString(rules);
    Files.writeString(rules, before.replaceFirst("for: \\w+", "for: 9h"));
    assertThat(rules).content().isNotEqualTo(before);

    Cli.Result tests = Cli.in(project).run("test-rules");

    assertThat(tests.exit()).as(tests.toString()).isEqualTo(1);
    assertThat(tests.out())
        .containsPattern("alert-rules/services/availability\\.test\\.yaml:\\d+  \\S+")
        .contains("expected")
        .contains("got       nothing");
  }

  @Test
  void withoutAnEngineRulesAreNotJudged() {
    Cli.Result tests =
        Cli.in(project).with("DOCKER_HOST", "unix:///nowhere.sock").run("test-rules");

    assertThat(tests.exit()).as(tests.toString()).isEqualTo(3);
    assertThat(tests.err()).contains("try: ");
  }

  @Test
  void filesAreJudgedWithoutAnEngine() throws IOException {
    Path config = project.resolve("stacks/samples/prometheus/jobs.yaml");
    Files.writeString(config, Files.readString(config).replace("port: 9464", "port: 9009"));

    Cli.Result bad =
        Cli.in(project).with("DOCKER_HOST", "unix:///nowhere.sock").run("validate", "-o", "json");

    assertThat(bad.exit()).as(bad.toString()).isEqualTo(1);
    assertThat(bad.json().path("findings"))
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.path("check").asText()).isEqualTo("prometheus/scrape-port");
              assertThat(f.path("file").asText()).isEqualTo("stacks/samples/prometheus/jobs.yaml");
            });
  }

  @Test
  void aCheckExplainsItself() {
    Cli.Result explained = Cli.in(project).run("explain", "compose/image-tag");

    assertThat(explained.exit()).as(explained.toString()).isZero();
    assertThat(explained.out())
        .contains("-    image: nats\n")
        .contains("+    image: nats:2.10.27\n");
  }
}
