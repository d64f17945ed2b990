package dev.platformkit.check.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.check.Judged;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScrapePortTest {
  private static final String CHECK = "prometheus/scrape-port";

  @TempDir Path folder;

  @Test
  void aNameThatNoServiceHasIsToldWithTheNearest() throws IOException {
    Judged judged = scraping("prodct:9464");

    assertThat(judged.told(CHECK))
        .containsExactly(
            "prometheus/prometheus.yml:4:20 there is no service \"prodct\" in the Compose files");
    assertThat(judged.fixes(CHECK)).containsExactly("product:9464");
  }

  @Test
  void aPortThatNobodyListensOnIsToldWithThoseThatAreDeclared() throws IOException {
    assertThat(scraping("product:9009").told(CHECK))
        .containsExactly("prometheus/prometheus.yml:4:20 product listens on 9464: compose.yaml:9");
  }

  @Test
  void itselfAndContainersByNumberAndHostsOutsideAreFine() throws IOException {
    assertThat(
            scraping(
                    "localhost:9090",
                    "product-2:9464",
                    "demo-product-1:9464",
                    "10.1.2.3:80",
                    "example.com:443")
                .told())
        .isEmpty();
  }

  @Test
  void itsOwnPortIsComparedToo() throws IOException {
    assertThat(scraping("localhost:9999").told(CHECK)).hasSize(1);
  }

  @Test
  void namesOfWhichEachAddressIsATargetAreComparedToo() throws IOException {
    assertThat(resolving("names: [product], type: A, port: 9464").told()).isEmpty();
    assertThat(resolving("names: [product], type: A, port: 9009").told(CHECK))
        .containsExactly("prometheus/prometheus.yml:4:19 product listens on 9464: compose.yaml:9");
    assertThat(resolving("names: [prodct], type: AAAA, port: 9464").told(CHECK))
        .containsExactly(
            "prometheus/prometheus.yml:4:19 there is no service \"prodct\" in the Compose files");
    assertThat(resolving("names: [_http._tcp.prodct]").told()).isEmpty();
  }

  @Test
  void aPortThatStandsInTheCommandCounts() throws IOException {
    assertThat(scraping("exporter:9121").told()).isEmpty();
  }

  @Test
  void whereNoPortIsDeclaredThatIsSaidAndNothingIsBad() throws IOException {
    Judged judged = scraping("silent:9100");

    assertThat(judged.told(CHECK)).hasSize(1).first().asString().contains("declares no port");
    assertThat(Judged.judgement(folder).isBad()).isFalse();
  }

  @Test
  void whatRelabelingMakesTheAddressIsJudgedInsteadOfTheTarget() throws IOException {
    assertThat(
            project()
                .with(
                    "prometheus/prometheus.yml",
                    """
                    scrape_configs:
                      - job_name: probe
                        static_configs:
                          - targets: ["https://example.com/health"]
                        relabel_configs:
                          - { source_labels: [__address__], target_label: __param_target }
                          - { target_label: __address__, replacement: "blackbox:9115" }
                    """)
                .told(CHECK))
        .containsExactly(
            "prometheus/prometheus.yml:7:52 there is no service \"blackbox\" in the Compose files");
  }

  @Test
  void alertmanagersAndRegistriesAreTargetsToo() throws IOException {
    assertThat(
            project()
                .with(
                    "prometheus/prometheus.yml",
                    """
                    alerting:
                      alertmanagers: [{ static_configs: [{ targets: ["alertmanger:9093"] }] }]
                    scrape_configs:
                      - job_name: registered
                        consul_sd_configs: [{ server: "consul:8500" }]
                    """)
                .told(CHECK))
        .hasSize(2);
  }

  @Test
  void anAddressWithAPathIsNone() throws IOException {
    assertThat(scraping("http://product:9464/metrics").told(CHECK))
        .hasSize(1)
        .first()
        .asString()
        .contains("not of the form host:port");
  }

  @Test
  void jobsThatAStackAddsToAnotherAreComparedToo() throws IOException {
    assertThat(
            new Judged(folder)
                .with("platform.yaml", "name: p\nstacks: [metrics, shop]\n")
                .with(
                    "stacks/metrics/compose.yaml",
                    "services: { prometheus: { image: 'prom:1', expose: [9090] } }\n")
                .with(
                    "stacks/shop/compose.yaml",
                    "services: { cart: { image: 'x:1', expose: [1] } }\n")
                .with(
                    "stacks/shop/with.metrics.yaml",
                    "services: { prometheus: { volumes: ['../shop/jobs:/etc/jobs:ro'] } }\n")
                .with(
                    "stacks/shop/jobs/jobs.yaml",
                    "scrape_configs: [{ static_configs: [{ targets: ['localhost:9', 'cart:1'] }] }]\n")
                .told())
        .containsExactly(
            "stacks/shop/jobs/jobs.yaml:1:50 prometheus listens on 9090: stacks/metrics/compose.yaml:1");
  }

  private Judged scraping(String... targets) throws IOException {
    return project()
        .with(
            "prometheus/prometheus.yml",
            "scrape_configs:\n  - job_name: j\n    static_configs:\n      - targets: [\""
                + String.join("\", \"", targets)
                + "\"]\n");
  }

  private Judged resolving(String discovery) throws IOException {
    return project()
        .with(
            "prometheus/prometheus.yml",
            "scrape_configs:\n  - job_name: j\n    dns_sd_configs:\n      - { "
                + discovery
                + " }\n");
  }

  private Judged project() throws IOException {
    return new Judged(folder)
        .with(
            "compose.yaml",
            """
            services:
              prometheus:
                image: prom/prometheus:v2.53.3
                ports: ["127.0.0.1:9090:9090"]
                volumes: ["./prometheus:/etc/prometheus:ro"]
              product:
                image: shop/product:1
                expose:
                  - 9464
              exporter:
                image: redis-exporter:1
                expose: [9000]
                command: ["--web.listen-address=:9121"]
              silent:
                image: silent:1
            """);
  }
}
