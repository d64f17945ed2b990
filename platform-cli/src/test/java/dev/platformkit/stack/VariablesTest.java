package dev.platformkit.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.problem.Problem;
import dev.platformkit.source.EnvFile;
import dev.platformkit.source.Node;
import dev.platformkit.source.Position;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VariablesTest {
  private final Variables variables =
      new Variables(
          List.of(
              EnvFile.parse(List.of("CONSUL_PORT=8500", "EMPTY="), "stacks/ports.env"),
              EnvFile.parse(List.of("NATS_PORT=20001"), "ports.env")),
          Map.of("NATS_PORT", "4333"));

  @Test
  void theEnvironmentWinsOverFiles() {
    assertThat(expand("a:${NATS_PORT}:$CONSUL_PORT")).isEqualTo("a:4333:8500");
    assertThat(variables.whereSet("NATS_PORT"))
        .isEqualTo("ports.env:1 NATS_PORT, set in the environment");
    assertThat(variables.whereSet("CONSUL_PORT")).isEqualTo("stacks/ports.env:1 CONSUL_PORT");
  }

  @Test
  void defaultsStandInAsComposeReadsThem() {
    assertThat(expand("${NO:-a/${CONSUL_PORT}}")).isEqualTo("a/8500");
    assertThat(expand("${EMPTY:-full}")).isEqualTo("full");
    assertThat(expand("${EMPTY-full}")).isEmpty();
    assertThat(expand("${CONSUL_PORT:+there}${NO+there}")).isEqualTo("there");
    assertThat(expand("$$HOME costs 5$")).isEqualTo("$HOME costs 5$");
  }

  @Test
  void aVariableWithoutValueOrDefaultIsToldWithItsPlaceAndTheNearest() {
    assertThatThrownBy(() -> expand("127.0.0.1:${CONSUL_PROT}:8500"))
        .hasMessage("stacks/x/compose.yaml:7:3  the variable ${CONSUL_PROT} has no value")
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.details()).contains("did you mean ${CONSUL_PORT}?"));
  }

  @Test
  void onlyAWholeTextIsASoleVariable() {
    assertThat(Variables.sole("${CONSUL_PORT}")).contains("CONSUL_PORT");
    assertThat(Variables.sole("${CONSUL_PORT:-1}")).contains("CONSUL_PORT");
    assertThat(Variables.sole("1${CONSUL_PORT}")).isEmpty();
    assertThat(Variables.sole("$$")).isEmpty();
  }

  private String expand(String text) {
    return variables.expand(
        new Node.Scalar(new Position("stacks/x/compose.yaml", 7, 3), text, true));
  }
}
