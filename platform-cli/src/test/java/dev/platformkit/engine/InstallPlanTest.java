package dev.platformkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.engine.Machine.Tool;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InstallPlanTest {
  private static final Set<Tool> ALL = EnumSet.allOf(Tool.class);

  @Test
  void aReleaseThatHasTheOldComposeBorrowsThePlugins() {
    InstallPlan plan = InstallPlan.of(ALL, Map.of("docker-compose", "1.29.2-3"));

    assertThat(plan.packages()).containsExactlyInAnyOrder("docker.io", "iptables", "debootstrap");
    assertThat(plan.borrowed()).containsExactly("docker-compose", "docker-buildx");
  }

  @Test
  void aReleaseThatHasThePluginsInstallsThem() {
    InstallPlan plan =
        InstallPlan.of(
            ALL,
            Map.of(
                "docker-compose",
                "2.26.1-4",
                "docker-buildx",
                "0.13.1+ds1-3",
                "docker-cli",
                "26.1"));

    assertThat(plan.packages())
        .containsExactlyInAnyOrder(
            "docker.io",
            "docker-cli",
            "iptables",
            "debootstrap",
            "docker-compose",
            "docker-buildx");
    assertThat(plan.borrowed()).isEmpty();
  }

  @Test
  void anotherDistributionsNameOfComposeIsTakenFirst() {
    InstallPlan plan =
        InstallPlan.of(
            EnumSet.of(Tool.COMPOSE),
            Map.of("docker-compose", "1.29.2-1", "docker-compose-v2", "2.24.6+ds1"));

    assertThat(plan.packages()).containsExactly("docker-compose-v2");
  }

  @Test
  void onlyWhatIsMissingIsInstalled() {
    assertThat(InstallPlan.of(EnumSet.of(Tool.IPTABLES), Map.of()).packages())
        .containsExactly("iptables");
  }

  @Test
  void candidatesAreReadFromWhatAptSays() {
    assertThat(
            Apt.candidates(
                """
                docker-compose:
                  Installed: (none)
                  Candidate: 1.29.2-3
                  Version table:
                     1.29.2-3 500
                docker-cli:
                  Installed: (none)
                  Candidate: (none)
                """))
        .containsExactly(Map.entry("docker-compose", "1.29.2-3"));
  }
}
