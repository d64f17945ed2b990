package dev.platformkit.report.scaffold;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.platformkit.scaffold.FileChange;
import dev.platformkit.scaffold.NewService;
import dev.platformkit.scaffold.ServiceName;
import dev.platformkit.terminal.Console;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NewServiceReportsTest {
  private static final List<String> NEXT = List.of("platform validate", "platform up --verify");

  private final PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
  private final Console console = new Console(nowhere, nowhere, false, false, false, true, 80);
  private final NewService service =
      new NewService(
          new ServiceName("audit"),
          List.of(
              new FileChange("kv/audit.yaml", "keys:\n  word: Hello\n", Optional.empty(), 1, 2),
              new FileChange("pom.xml", "a\n  audit\nb\n", Optional.of("a\nb\n"), 2, 1)));

  @Test
  void aPersonSeesEachFileAndWhatToTypeNext() {
    assertThat(new NewServiceText(console).written(service, NEXT))
        .isEqualTo(
            """
            audit · GET /v1/audit/greetings/{name}

              + kv/audit.yaml
              ~ pom.xml:2  1 line
            ✓ 1 file written, 1 changed
              no Dockerfile: all Java services share stacks/images/service/Dockerfile

              next: platform validate
                    platform up --verify
            """);
  }

  @Test
  void aDryRunShowsTheLinesThatFilesWouldGain() {
    assertThat(new NewServiceText(console).planned(service))
        .isEqualTo(
            """
            audit · GET /v1/audit/greetings/{name}

              + kv/audit.yaml
              ~ pom.xml:2  1 line
                    audit
            · nothing written: it would be 1 file, and 1 changed
              no Dockerfile: all Java services share stacks/images/service/Dockerfile
            """);
  }

  @Test
  void aProgramReadsTheSame() throws Exception {
    var json = new ObjectMapper().readTree(NewServiceJson.of(service, true, NEXT));

    assertThat(json.path("schema").asText()).isEqualTo("platform.new-service/1");
    assertThat(json.path("service").asText()).isEqualTo("audit");
    assertThat(json.path("written").asBoolean()).isTrue();
    assertThat(json.path("files").findValuesAsText("change")).containsExactly("create", "insert");
    assertThat(json.path("files").get(1).path("line").asInt()).isEqualTo(2);
    assertThat(json.path("next").size()).isEqualTo(2);
  }
}
