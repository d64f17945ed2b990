package dev.platformkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.engine.Machine.Tool;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EngineSetupTest {
  @Test
  void anEngineThatAnswersIsLeftAloneWhereverItsDaemonIs() {
    Set<Tool> tools = EnumSet.of(Tool.CLIENT, Tool.COMPOSE, Tool.BUILDX);

    assertThat(EngineSetup.missing(machine(tools), true)).isEmpty();
  }

  @Test
  void aPluginThatIsMissingBesideAnAnsweringEngineIsInstalledAlone() {
    Set<Tool> tools = EnumSet.of(Tool.CLIENT, Tool.BUILDX, Tool.DEBOOTSTRAP);

    assertThat(EngineSetup.missing(machine(tools), true)).containsExactly(Tool.COMPOSE);
  }

  @Test
  void aBareMachineGetsEverything() {
    assertThat(EngineSetup.missing(machine(Set.of()), false))
        .containsExactlyInAnyOrder(Tool.values());
  }

  @Test
  void anInstalledEngineThatDoesNotRunNeedsNoInstallation() {
    assertThat(EngineSetup.missing(machine(EnumSet.allOf(Tool.class)), false)).isEmpty();
  }

  private static Machine machine(Set<Tool> tools) {
    return new Machine("debian", "bookworm", true, true, false, tools);
  }
}
