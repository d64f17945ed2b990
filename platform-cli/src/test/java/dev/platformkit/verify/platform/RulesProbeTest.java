package dev.platformkit.verify.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.backend.FakeServer;
import dev.platformkit.backend.Prometheus;
import dev.platformkit.backend.RuleGroup;
import dev.platformkit.backend.RuleGroup.Rule;
import dev.platformkit.verify.FakePlatform;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules, as the files declare them against what Prometheus has loaded. */
class RulesProbeTest {
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
  private static final RuleFile FILE =
      new RuleFile(
          "alert-rules/shop/shop.rules.yaml",
          List.of(
              new RuleFile.Group(
                  "services",
                  List.of(
                      new RuleFile.Rule(
                          "Down",
                          true,
                          "up ==\n  0",
                          Duration.ofMinutes(1),
                          Map.of("severity", "page"),
                          Map.of("summary", "down")),
                      new RuleFile.Rule(
                          "a:b", false, "sum(a) by (b)", Duration.ZERO, Map.of(), Map.of())))));

  @TempDir private Path root;
  private final FakePlatform platform = new FakePlatform().running("prometheus");

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void aFileThatIsLoadedAsItStandsIsGood() {
    prometheusWrites("sum by (b) (a)");

    assertThat(look(down("up == 0"), record("sum by (b) (a)"))).isEqualTo(Finding.pass("2 rules"));
  }

  @Test
  void aGroupThatIsNotLoadedIsBad() {
    Finding finding = probe(List.of()).look();

    assertThat(finding.observed()).isEqualTo("Prometheus holds no group services of this file");
    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aGroupOfTheSameNameFromAnotherFileIsNotIt() {
    RuleGroup other = group("/etc/alert-rules/old/shop.rules.yaml", START, down("up == 0"));

    assertThat(probe(List.of(other)).look().observed()).contains("no group services");
  }

  @Test
  void aRuleThatIsNotLoadedIsTheHopAtWhichItsAlertsAreLost() {
    platform.server.on(
        "GET /api/v1/query", "{\"data\":{\"result\":[{\"metric\":{},\"value\":[1,\"21\"]}]}}");
    RulesProbe probe = probe(List.of(group(FILE.path(), START, down("up == 0"))));

    Finding finding = probe.explain(probe.look());

    assertThat(finding.observed()).contains("rule a:b is not loaded");
    assertThat(finding.hop()).contains("stored -> rule evaluated");
  }

  @Test
  void aRuleThatIsLoadedAndNoLongerInTheFileIsBad() {
    assertThat(look(down("up == 0"), record("sum(a) by (b)"), record("sum(a) by (b)")).observed())
        .contains("rule a:b is loaded and not in the file");
  }

  @Test
  void aRuleThatIsLoadedWithAnotherForIsBad() {
    assertThat(look(rule("Down", "up == 0", 300, "ok", "page")).observed())
        .contains("rule Down is loaded with for: PT5M, the file says PT1M");
  }

  @Test
  void aRuleThatIsLoadedWithAnotherExpressionIsBad() {
    platform.server.on(
        "GET /api/v1/format_query",
        asked -> new FakeServer.Answer(200, "{\"data\":\"" + asked.query().length() + "\"}"));

    assertThat(look(down("up == 1 or vector(1)")).observed())
        .contains("rule Down is loaded with expr: up == 1 or vector(1), the file says up");
  }

  @Test
  void aRuleThatIsLoadedWithOtherLabelsIsBad() {
    assertThat(look(rule("Down", "up == 0", 60, "ok", "info")).observed())
        .contains(
            "rule Down is loaded with labels: {severity=info}, the file says {severity=page}");
  }

  @Test
  void aRuleThatCannotBeEvaluatedIsBad() {
    assertThat(look(rule("Down", "up == 0", 60, "err", "page")).observed())
        .contains("rule Down is err");
  }

  @Test
  void aGroupThatIsNoLongerEvaluatedIsNotGood() {
    RuleGroup stuck =
        group(
            "/etc/" + FILE.path(), START.minusSeconds(1), down("up == 0"), record("sum(a) by (b)"));

    assertThat(probe(List.of(stuck)).look().observed())
        .startsWith("group services: it was last evaluated at")
        .endsWith("though that is due every 5 s");
  }

  @Test
  void whatIsLoadedAndStandsInNoFileIsAStray() {
    RuleGroup ours = group("/etc/" + FILE.path(), START);
    RuleGroup gone = group("/etc/alert-rules/shop/gone.rules.yaml", START);

    assertThat(strays(ours)).isEqualTo(Finding.pass("none"));
    assertThat(strays(ours, gone).observed())
        .isEqualTo("Prometheus evaluates services (/etc/alert-rules/shop/gone.rules.yaml)");
    assertThat(strays(ours, gone).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void ruleFilesAreReadWithAllThatIsCompared() throws IOException {
    write(
        "alert-rules/shop/shop.rules.yaml",
        """
        groups:
          - name: g
            rules:
              - { alert: Down, expr: up == 0, for: 1h30m, labels: { n: 1 }, annotations: { s: t } }
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
                            new RuleFile.Rule(
                                "Down",
                                true,
                                "up == 0",
                                Duration.ofMinutes(90),
                                Map.of("n", "1"),
                                Map.of("s", "t")),
                            new RuleFile.Rule(
                                "a:b", false, "sum(a)", Duration.ZERO, Map.of(), Map.of()))))));
  }

  @Test
  void aDurationThatIsNoneIsToldWithItsPlace() throws IOException {
    write(
        "alert-rules/shop/shop.rules.yaml",
        "groups: [{name: g, rules: [{alert: Down, expr: up, for: 1 minute}]}]");

    assertThatThrownBy(() -> RuleFile.all(root))
        .hasMessageStartingWith("alert-rules/shop/shop.rules.yaml:1:57  expected a duration");
  }

  private Finding look(Rule... rules) {
    return probe(List.of(group("/etc/" + FILE.path(), START, rules))).look();
  }

  private RulesProbe probe(List<RuleGroup> loaded) {
    return new RulesProbe(FILE, () -> loaded, this::prometheus, START);
  }

  private Finding strays(RuleGroup... loaded) {
    return new StrayRules(List.of(FILE), () -> List.of(loaded), this::prometheus).look();
  }

  private Prometheus prometheus() {
    return new Prometheus(platform.addresses().server("prometheus", 9090));
  }

  private void prometheusWrites(String expression) {
    platform.server.on("GET /api/v1/format_query", "{\"data\":\"" + expression + "\"}");
  }

  private static RuleGroup group(String file, Instant evaluated, Rule... rules) {
    return new RuleGroup("services", file, Duration.ofSeconds(5), evaluated, List.of(rules));
  }

  private static Rule down(String query) {
    return rule("Down", query, 60, "ok", "page");
  }

  private static Rule rule(String name, String query, int seconds, String health, String severity) {
    return new Rule(
        name,
        query,
        true,
        health,
        "",
        Duration.ofSeconds(seconds),
        Map.of("severity", severity),
        Map.of("summary", "down"),
        List.of());
  }

  private static Rule record(String query) {
    return new Rule("a:b", query, false, "ok", "", Duration.ZERO, Map.of(), Map.of(), List.of());
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
