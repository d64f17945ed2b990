package dev.platformkit.verify.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.source.YamlReader;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DivergenceTest {
  private static final String ROUTE =
      """
      route:
        receiver: inbox
        group_wait: 5s
        routes:
          - receiver: probe
            matchers: ['alertname = "PlatformProbe"']
      """;

  @Test
  void defaultsThatAServerFillsInAreNoDifference() {
    assertThat(
            divergence(
                """
                global: {}
                route:
                  receiver: inbox
                  group_wait: 5s
                  group_interval: 5m
                  continue: false
                  routes:
                  - receiver: probe
                    matchers:
                    - alertname="PlatformProbe"
                templates: []
                """))
        .isEmpty();
  }

  @Test
  void anotherValueIsToldWithItsPlaceInTheFile() {
    assertThat(divergence(ROUTE.replace("5s", "50s")))
        .contains("route.yml:3:15  the file says \"5s\", loaded is \"50s\"");
  }

  @Test
  void aDurationMayBeWrittenInAnotherWay() {
    assertThat(divergence(ROUTE.replace("5s", "5000ms"))).isEmpty();
    assertThat(divergence(ROUTE.replace("5s", "5m"))).isPresent();
  }

  @Test
  void whatIsNotLoadedIsTold() {
    assertThat(divergence("route: { receiver: inbox, group_wait: 5s }"))
        .contains("route.yml:4:3  routes is not loaded");
  }

  @Test
  void aRouteMoreThanTheFileHasIsTold() {
    assertThat(divergence(ROUTE + "    - receiver: elsewhere\n"))
        .contains("route.yml:5:5  2 items are loaded, the file has 1");
    assertThat(divergence(ROUTE + "inhibit_rules: [{ equal: [service] }]\n"))
        .contains("route.yml:1:1  inhibit_rules is loaded and not in the file");
  }

  @Test
  void whatAServerDoesNotShowCannotDiffer() {
    assertThat(
            Divergence.of(
                YamlReader.parse("url: http://inbox/", "a.yml"),
                YamlReader.parse("url: <secret>", "server")))
        .isEmpty();
  }

  private static Optional<String> divergence(String loaded) {
    return Divergence.of(
        YamlReader.parse(ROUTE, "route.yml"), YamlReader.parse(loaded, "alertmanager"));
  }
}
