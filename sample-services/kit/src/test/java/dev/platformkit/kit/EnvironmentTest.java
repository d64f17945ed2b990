package dev.platformkit.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.kit.codec.CodecKind;
import dev.platformkit.kit.config.ConfigKind;
import dev.platformkit.kit.grpc.TransportKind;
import dev.platformkit.kit.registry.Registry.Endpoint;
import dev.platformkit.kit.registry.RegistryKind;
import dev.platformkit.kit.selector.Selection;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
  @Test
  void nothingHasToBeSet() {
    Environment environment = Environment.of(Map.of());

    assertThat(environment.consul()).isEmpty();
    assertThat(environment.otlp()).isEmpty();
    assertThat(environment.database()).isEmpty();
    assertThat(environment.adminPort()).isEqualTo(9464);
  }

  @Test
  void whatIsSetIsUsed() {
    Environment environment =
        Environment.of(Map.of("CONSUL_URL", "http://consul:8500", "GRPC_PORT", "0"));

    assertThat(environment.consul()).contains(URI.create("http://consul:8500"));
    assertThat(environment.grpcPort()).isZero();
  }

  @Test
  void spansAreMadeUnlessTheSdkIsDisabled() {
    assertThat(Environment.of(Map.of()).traced()).isTrue();
    assertThat(Environment.of(Map.of("OTEL_SDK_DISABLED", "false")).traced()).isTrue();
    assertThat(Environment.of(Map.of("OTEL_SDK_DISABLED", "")).traced()).isTrue();
    assertThat(Environment.of(Map.of("OTEL_SDK_DISABLED", "True")).traced()).isFalse();
  }

  @Test
  void thePasswordStandsInAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "secret\n");

    Environment environment =
        Environment.of(
            Map.of(
                "DATABASE_URL", "jdbc:postgresql://postgres:5432/cart",
                "DATABASE_USER", "cart",
                "DATABASE_PASSWORD_FILE", file.toString()));

    assertThat(environment.database().orElseThrow().password()).isEqualTo("secret");
  }

  @Test
  void instancesAreSelectedAtRandomUnlessRoundRobinIsChosen() {
    assertThat(Environment.of(Map.of()).parts().selector()).isEqualTo(Selection.RANDOM);
    assertThat(Environment.of(Map.of("SELECTOR", "round_robin")).parts().selector())
        .isEqualTo(Selection.ROUND_ROBIN);
  }

  @Test
  void whereOthersAreCanBeSaidInsteadOfAskingConsul() {
    Parts parts =
        Environment.of(Map.of("REGISTRY", "static", "INSTANCES", "cart=cart:1,cart:2 user=[::1]:3"))
            .parts();

    assertThat(parts.registry()).isEqualTo(RegistryKind.STATIC);
    assertThat(parts.instances())
        .containsEntry("cart", List.of(new Endpoint("cart", 1), new Endpoint("cart", 2)))
        .containsEntry("user", List.of(new Endpoint("[::1]", 3)));
    assertThatThrownBy(() -> Environment.of(Map.of("REGISTRY", "static")))
        .hasMessage("INSTANCES is not set, though REGISTRY=static is");
    assertThatThrownBy(
            () -> Environment.of(Map.of("REGISTRY", "static", "INSTANCES", "cart=cart:99999")))
        .hasMessage("INSTANCES: cart:99999 is not HOST:PORT");
    assertThatThrownBy(() -> Environment.of(Map.of("REGISTRY", "static", "INSTANCES", "cart:1")))
        .hasMessage("INSTANCES: cart:1 is not SERVICE=HOST:PORT");
  }

  @Test
  void configurationCanComeFromAFileInsteadOfConsul() {
    Parts parts =
        Environment.of(Map.of("CONFIG", "file", "CONFIG_FILE", "/etc/cart.properties")).parts();

    assertThat(parts.config()).isEqualTo(ConfigKind.FILE);
    assertThat(parts.configFile()).contains(Path.of("/etc/cart.properties"));
    assertThat(Environment.of(Map.of()).parts().config()).isEqualTo(ConfigKind.CONSUL);
  }

  @Test
  void callsTravelOverGrpcAsProtobufUnlessOtherwiseSaid() {
    Parts usual = Environment.of(Map.of()).parts();
    Parts chosen = Environment.of(Map.of("TRANSPORT", "in_process", "CODEC", "json")).parts();

    assertThat(usual.transport()).isEqualTo(TransportKind.GRPC);
    assertThat(usual.codec()).isEqualTo(CodecKind.PROTOBUF);
    assertThat(chosen.transport()).isEqualTo(TransportKind.IN_PROCESS);
    assertThat(chosen.codec()).isEqualTo(CodecKind.JSON);
  }

  @Test
  void aPartThatDoesNotExistIsNamedWithThoseThatDo() {
    assertThatThrownBy(() -> Environment.of(Map.of("SELECTOR", "best")))
        .hasMessage("SELECTOR=best is none of: random, round_robin");
  }

  @Test
  void aVariableThatMakesNoSenseIsNamed() {
    assertThatThrownBy(() -> Environment.of(Map.of("HTTP_PORT", "eighty")))
        .hasMessage("HTTP_PORT=eighty is no port");
    assertThatThrownBy(() -> Environment.of(Map.of("HTTP_PORT", "80800")))
        .hasMessage("HTTP_PORT=80800 is no port");
    assertThatThrownBy(() -> Environment.of(Map.of("CONSUL_URL", "http://:8500")))
        .hasMessage("CONSUL_URL=http://:8500 names no host");
    assertThatThrownBy(() -> Environment.of(Map.of("DATABASE_URL", "jdbc:postgresql://db/cart")))
        .hasMessageContaining("DATABASE_USER");
  }
}
