package dev.platformkit.check.beats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.check.Judged;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTest {
  private static final String CHECK = "beats/output";

  @TempDir Path folder;

  private static final String INPUT =
      "filebeat.inputs: [{ type: filestream, id: a, paths: [/x] }]\n";

  @Test
  void aHostThatIsNoServiceAndAPortThatNobodyListensOnAreTold() throws IOException {
    assertThat(
            sending(
                    "output.elasticsearch:\n  hosts: [\"http://elastic:9200\", \"elasticsearch:9300\"]\n")
                .told(CHECK))
        .containsExactly(
            "filebeat.yml:3:12 there is no service \"elastic\" in the Compose files",
            "filebeat.yml:3:35 elasticsearch listens on 9200: compose.yaml:4");
  }

  @Test
  void withoutAPortItsOutputsOwnIsMeant() throws IOException {
    assertThat(sending("output:\n  elasticsearch: { hosts: elasticsearch }\n").told()).isEmpty();
    assertThat(sending("output.logstash: { hosts: [elasticsearch] }\n").told(CHECK)).hasSize(1);
  }

  @Test
  void aHostWithADefaultIsJudgedByItAndOneWithoutIsNot() throws IOException {
    assertThat(sending("output.elasticsearch.hosts: [\"${HOSTS}\"]\n").told(CHECK)).isNotEmpty();
    assertThat(sending("output.elasticsearch: { hosts: [\"${HOSTS}\"] }\n").told()).isEmpty();
    assertThat(sending("output.elasticsearch: { hosts: [\"${HOSTS:nobody:9200}\"] }\n").told(CHECK))
        .hasSize(1);
  }

  @Test
  void noOutputAndTwoOutputsAreTold() throws IOException {
    assertThat(sending("logging.level: info\n").told(CHECK))
        .containsExactly("filebeat.yml:1:1 no output is enabled, so nothing is sent anywhere");
    assertThat(
            sending("output.console: { pretty: true }\noutput.file: { path: /tmp }\n").told(CHECK))
        .containsExactly(
            "filebeat.yml:3:1 a second output beside console; a Beat starts with one only");
  }

  private Judged sending(String output) throws IOException {
    return new Judged(folder)
        .with("filebeat.yml", INPUT + output)
        .with(
            "compose.yaml",
            """
            services:
              elasticsearch:
                image: elasticsearch:7.17.29
                expose: [9200]
            """);
  }
}
