package dev.platformkit.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.source.YamlReader;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortMappingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "80 | '' | - | 80 | tcp",
        "8080:80 | '' | 8080 | 80 | tcp",
        "127.0.0.1:8080:80/udp | 127.0.0.1 | 8080 | 80 | udp",
        "127.0.0.1::80 | 127.0.0.1 | - | 80 | tcp",
        "'[::1]:8080:80' | ::1 | 8080 | 80 | tcp",
        "::1:8080:80 | ::1 | 8080 | 80 | tcp",
        "8000-8002:9000-9002 | '' | 8000-8002 | 9000-9002 | tcp",
        "'{ target: 80, published: 8080, host_ip: 127.0.0.1, protocol: udp }'"
            + " | 127.0.0.1 | 8080 | 80 | udp",
        "'{ target: 80 }' | '' | - | 80 | tcp",
      })
  void readsEveryForm(String text, String ip, String published, String target, String protocol) {
    String written = text.startsWith("{") ? text : "\"" + text + "\"";

    List<PortMapping> ports =
        PortMapping.read(List.of(YamlReader.parse(written, "f")), Variables.NONE);

    assertThat(ports)
        .singleElement()
        .satisfies(
            port -> {
              assertThat(port.hostIp()).isEqualTo(ip);
              assertThat(port.published().map(Object::toString).orElse("-")).isEqualTo(published);
              assertThat(port.target()).hasToString(target);
              assertThat(port.protocol()).isEqualTo(protocol);
            });
  }

  @ParameterizedTest
  @CsvSource({"eighty", "80:eighty", "'a:b:c:d'", "''"})
  void whatIsNoPortIsPassedOver(String text) {
    assertThat(PortMapping.read(List.of(YamlReader.parse("\"" + text + "\"", "f")), Variables.NONE))
        .isEmpty();
  }
}
