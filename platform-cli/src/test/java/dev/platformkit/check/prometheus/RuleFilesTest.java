package dev.platformkit.check.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.check.Judged;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFilesTest {
  private static final String CHECK = "prometheus/rule-files";

  @TempDir Path folder;

  private static final String RULES =
      "groups: [{ name: g, rules: [{ alert: A, expr: up == 0 }] }]\n";

  @Test
  void anEntryIsFollowedThroughTheMountsOfTheContainer() throws IOException {
    assertThat(loading("/etc/rules/*.rules.yaml").with("rules/shop.rules.yaml", RULES).told())
        .isEmpty();
  }

  @Test
  void anEntryThatLeadsToNoFileIsToldWithWhatIsThere() throws IOException {
    Judged judged = loading("/etc/rules/*.yml").with("rules/shop.rules.yaml", RULES);

    assertThat(judged.told(CHECK))
        .contains(
            "prometheus.yml:1:15 no file matches: rules/*.yml; there is README.md, shop.rules.yaml");
  }

  @Test
  void rulesThatLieAFolderDeeperAreFoundAndTheEntryForThemNamed() throws IOException {
    Judged judged = loading("/etc/rules/*.rules.yaml").with("rules/shop/a.rules.yaml", RULES);

    assertThat(judged.fixes(CHECK))
        .containsExactly("/etc/rules/shop/*.rules.yaml", "- /etc/rules/shop/a.rules.yaml");
  }

  @Test
  void anEntryWhereNothingIsMountedIsTold() throws IOException {
    assertThat(loading("/elsewhere/*.yaml").told(CHECK))
        .containsExactly(
            "prometheus.yml:1:15 prometheus mounts nothing of the project at /elsewhere/*.yaml");
  }

  @Test
  void aMountedRuleFileThatNoEntryLeadsToIsToldWhereItStands() throws IOException {
    assertThat(
            loading("/etc/rules/a.rules.yaml")
                .with("rules/a.rules.yaml", RULES)
                .with("rules/b.rules.yaml", RULES)
                .told(CHECK))
        .containsExactly(
            "rules/b.rules.yaml:1:1 prometheus sees this file as /etc/rules/b.rules.yaml but does"
                + " not load it: rule_files in prometheus.yml");
  }

  @Test
  void withoutAContainerARelativeEntryLiesBesideTheConfiguration() throws IOException {
    assertThat(
            new Judged(folder)
                .with("prometheus.yml", "rule_files: [\"rules/*.yaml\"]\n")
                .with("rules/a.yaml", RULES)
                .told(CHECK))
        .isEmpty();
  }

  @Test
  void whatCannotBeFollowedIsSaidAndNothingIsBad() throws IOException {
    assertThat(
            new Judged(folder)
                .with("prometheus.yml", "rule_files: [\"/etc/rules/*.yaml\"]\n")
                .told(CHECK))
        .hasSize(1);
    assertThat(Judged.judgement(folder).isBad()).isFalse();
  }

  @Test
  void rulesThatAStackAddsToAnotherAreSeenThroughItsMounts() throws IOException {
    assertThat(
            new Judged(folder)
                .with("platform.yaml", "name: p\nstacks: [metrics, shop]\n")
                .with("stacks/metrics/prometheus.yml", "rule_files: [\"/etc/shop/*.yaml\"]\n")
                .with(
                    "stacks/metrics/compose.yaml",
                    """
                    services:
                      prometheus:
                        image: prom/prometheus:v2.53.3
                        volumes: ["./prometheus.yml:/etc/prometheus/prometheus.yml"]
                    """)
                .with("stacks/shop/compose.yaml", "services: { cart: { image: 'x:1' } }\n")
                .with(
                    "stacks/shop/with.metrics.yaml",
                    "services: { prometheus: { volumes: ['../shop/rules:/etc/shop'] } }\n")
                .with("stacks/shop/rules/a.yaml", RULES)
                .told(CHECK))
        .isEmpty();
  }

  private Judged loading(String entry) throws IOException {
    return new Judged(folder)
        .with("prometheus.yml", "rule_files: [\"" + entry + "\"]\n")
        .with(
            "compose.yaml",
            """
            services:
              prometheus:
                image: prom/prometheus:v2.53.3
                ports: ["127.0.0.1:9090:9090"]
                volumes:
                  - ./prometheus.yml:/etc/prometheus/prometheus.yml:ro
                  - ./rules:/etc/rules:ro
              node-exporter:
                image: prom/node-exporter:v1.9.0
                ports: ["127.0.0.1:9100:9100"]
                volumes: ["/:/host:ro"]
            """)
        .with("rules/README.md", "");
  }
}
