package dev.platformkit.verify.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.backend.Prometheus;
import dev.platformkit.backend.Prometheus.Rule;
import dev.platformkit.backend.Prometheus.RuleGroup;
import dev.platformkit.backend.Prometheus.Target;
import dev.platformkit.source.Node;
import dev.platformkit.source.Position;
import dev.platformkit.stack.Stack;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scrape targets and rules, as the files declare them against what Prometheus says. */
class MetricsChecksTest {
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
  @TempDir private Path root;

  @Test
  void aTargetThatIsUpByAScrapeOfThisRunIsGood() {
    assertThat(look(target("up", 1)).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void aTargetThatWasUpBeforeThisRunIsNotYetGood() {
    Finding finding = look(target("up", -1));

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.settled()).isFalse();
  }

  @Test
  void aTargetThatIsDownIsBad() {
    assertThat(look(target("down", 1)).observed())
        .isEqualTo("http://cart:9464/metrics is down: refused");
  }

  @Test
  void aJobWithoutTargetsIsBad() {
    assertThat(look().verdict()).isEqualTo(Verdict.FAIL);
    assertThat(look(new Target("other", "", "", "up", "", START.plusSeconds(1))).verdict())
        .isEqualTo(Verdict.FAIL);
  }

  @Test
  void jobsAreThoseOfTheChosenStacksFiles() throws IOException {
    write(
        "stacks/samples/prometheus/jobs.yaml",
        """
        scrape_configs:
          - job_name: cart
            static_configs:
              - targets: ["cart:9464"]
          - job_name: found-elsewhere
            consul_sd_configs: []
        """);
    Node.Mapping none = new Node.Mapping(new Position("x", 1, 1), List.of());
    Path stacks = root.resolve("stacks");
    Path compose = Path.of("compose.yaml");
    Stack samples =
        new Stack(
            "samples", stacks.resolve("samples").resolve(compose), "", List.of(), List.of(), none);
    Stack data =
        new Stack("data", stacks.resolve("data").resolve(compose), "", List.of(), List.of(), none);

    assertThat(ScrapeJobs.of(root, List.of(data, samples)))
        .extracting(ScrapeJobs.Job::name)
        .containsExactly("cart", "found-elsewhere");
    assertThat(ScrapeJobs.of(root, List.of(data))).isEmpty();
  }

  @Test
  void aFileThatIsLoadedAsItStandsIsGood() {
    assertThat(rules(rule("Down", 60, "ok"), rule("Slow", 0, "ok")))
        .isEqualTo(Finding.pass("2 rules"));
  }

  @Test
  void aGroupThatIsNotLoadedIsBad() {
    Finding finding = probe(List.of()).look();

    assertThat(finding.observed()).isEqualTo("Prometheus holds no group services of this file");
    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aRuleThatIsNotLoadedIsBad() {
    assertThat(rules(rule("Down", 60, "ok")).observed()).contains("rule Slow is not loaded");
  }

  @Test
  void aRuleThatIsLoadedAndNoLongerInTheFileIsBad() {
    assertThat(
            rules(rule("Down", 60, "ok"), rule("Slow", 0, "ok"), rule("Old", 0, "ok")).observed())
        .contains("rule Old is loaded and not in the file");
  }

  @Test
  void aRuleThatIsLoadedWithAnotherForIsBad() {
    assertThat(rules(rule("Down", 300, "ok"), rule("Slow", 0, "ok")).observed())
        .contains("loaded is Down with for: PT5M, the file says Down with for: PT1M");
  }

  @Test
  void aRuleThatCannotBeEvaluatedIsBad() {
    assertThat(rules(rule("Down", 60, "err"), rule("Slow", 0, "ok")).observed())
        .contains("rule Down is err");
  }

  @Test
  void ruleFilesAreReadWithTheirDurations() throws IOException {
    write(
        "alert-rules/shop/shop.rules.yaml",
        """
        groups:
          - name: g
            rules:
              - { alert: Down, expr: up == 0, for: 1h30m }
              - { record: "a:b", expr: sum(a) }
        """);
    write("alert-rules/shop/shop.test.yaml", "tests: []");

    assertThat(RuleFile.all(root))
        .containsExactly(
            new RuleFile(
                "alert-rules/shop/shop.rules.yaml",
                List.of(
                    new RuleFile.Group(
                        "g",
                        List.of(
                            new RuleFile.Rule("Down", true, Duration.ofMinutes(90)),
                            new RuleFile.Rule("a:b", false, Duration.ZERO))))));
  }

  @Test
  void aDurationThatIsNoneIsToldWithItsPlace() throws IOException {
    write(
        "alert-rules/shop/shop.rules.yaml",
        "groups: [{name: g, rules: [{alert: Down, expr: up, for: 1 minute}]}]");

    assertThatThrownBy(() -> RuleFile.all(root))
        .hasMessageStartingWith("alert-rules/shop/shop.rules.yaml:1:57  expected a duration");
  }

  private static Prometheus nobody() {
    throw new AssertionError("only whoever explains asks for it");
  }

  private static Target target(String health, int secondsAfterStart) {
    return new Target(
        "cart",
        "cart:9464",
        "http://cart:9464/metrics",
        health,
        "refused",
        START.plusSeconds(secondsAfterStart));
  }

  private static Finding look(Target... targets) {
    ScrapeJobs.Job job = new ScrapeJobs.Job("cart", "scrape/samples.yaml", 1);
    return new TargetProbe(job, () -> List.of(targets), MetricsChecksTest::nobody, START).look();
  }

  private static Finding rules(Rule... rules) {
    return probe(List.of(new RuleGroup("services", "/etc/rules/shop.rules.yaml", List.of(rules))))
        .look();
  }

  private static RulesProbe probe(List<RuleGroup> loaded) {
    RuleFile file =
        new RuleFile(
            "alert-rules/shop/shop.rules.yaml",
            List.of(
                new RuleFile.Group(
                    "services",
                    List.of(
                        new RuleFile.Rule("Down", true, Duration.ofMinutes(1)),
                        new RuleFile.Rule("Slow", true, Duration.ZERO)))));
    return new RulesProbe(file, () -> loaded, MetricsChecksTest::nobody);
  }

  private static Rule rule(String name, int seconds, String health) {
    return new Rule(name, true, health, "", Duration.ofSeconds(seconds), Map.of());
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
