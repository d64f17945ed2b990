package dev.platformkit.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvFileTest {
  @Test
  void valuesComeWithTheirPlaces() {
    EnvFile file =
        EnvFile.parse(List.of("# ports", "", "CONSUL_PORT=8500", "A = 'b c' # d"), "ports.env");

    assertThat(file.values()).isEqualTo(Map.of("CONSUL_PORT", "8500", "A", "b c"));
    assertThat(file.variables().get("CONSUL_PORT").position()).hasToString("ports.env:3:1");
  }

  @Test
  void aHashBelongsToAValueUnlessABlankStandsBeforeIt() {
    EnvFile file = EnvFile.parse(List.of("A=b#c", "B=b #c"), "x.env");

    assertThat(file.values()).isEqualTo(Map.of("A", "b#c", "B", "b"));
  }

  @Test
  void aFileThatDoesNotExistHasNoVariables() {
    assertThat(EnvFile.read(Path.of("no", "such.env"), "such.env").variables()).isEmpty();
  }

  @Test
  void aLineThatIsNoVariableIsToldWithItsPlace() {
    assertThatThrownBy(() -> EnvFile.parse(List.of("A=1", "CONSUL_PORT 8500"), "ports.env"))
        .hasMessage("ports.env:2:1  expected NAME=value, found \"CONSUL_PORT 8500\"");
  }
}
