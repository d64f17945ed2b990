package dev.platformkit.verify.elsewhere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.backend.FakeServer;
import dev.platformkit.backend.HttpCall;
import dev.platformkit.backend.HttpServer;
import dev.platformkit.problem.ExitCode;
import dev.platformkit.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetReaderTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("PASSWORD", "hunter2hunter2", "EMPTY", "  ", "LINES", "two\nlines");

  @TempDir private Path folder;

  @BeforeEach
  void secrets() throws IOException {
    Files.writeString(folder.resolve("token"), "t0ken-from-a-file\n");
    Files.writeString(folder.resolve("empty"), "\n");
  }

  @Test
  void aWholeFileIsRead() {
    Target target =
        read(
            """
            name: staging
            services:
              api-gateway: { url: https://shop.example }
            backends:
              jaeger: { url: "https://traces.example/jaeger" }
              prometheus:
                url: https://metrics.example
                basic_auth: { username: verify, password_env: PASSWORD }
                headers: { X-Scope-OrgID: team-a }
              elasticsearch: { url: https://logs.example, index: "logs-*,audit" }
              alertmanager: { url: https://alerts.example }
              consul: { url: https://consul.example, token_file: token, services: [user] }
            """);

    assertThat(target.name()).isEqualTo("staging");
    assertThat(target.services().get("api-gateway").url()).isEqualTo("https://shop.example/");
    assertThat(target.backends()).containsOnlyKeys(TargetBackend.values());
    assertThat(target.backends().get(TargetBackend.JAEGER).url())
        .isEqualTo("https://traces.example/jaeger/");
    assertThat(target.logIndices()).isEqualTo("logs-*,audit");
    assertThat(target.registered()).contains(List.of("user"));
  }

  @Test
  void whatIsNotSaidIsAsUsual() {
    Target target = read(backend("jaeger: { url: https://traces.example }"));

    assertThat(target.logIndices()).isEqualTo("filebeat-*");
    assertThat(target.registered()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          bearer_token_file: token                                 | Authorization  | Bearer t0ken-from-a-file
          bearer_token_env: PASSWORD                               | Authorization  | Bearer hunter2hunter2
          basic_auth: { username: me, password_env: PASSWORD }     | Authorization  | Basic bWU6aHVudGVyMmh1bnRlcjI=
          token_file: token                                        | X-Consul-Token | t0ken-from-a-file
          headers: { X-Scope-OrgID: team-a }                       | X-Scope-OrgID  | team-a
          headers: { X-Api-Key: { file: token } }                  | X-Api-Key      | t0ken-from-a-file
          headers: { X-Api-Key: { env: PASSWORD } }                | X-Api-Key      | hunter2hunter2
          """)
  void whatLetsUsInIsSentAlong(String access, String header, String value) {
    try (FakeServer fake = new FakeServer().on("GET /", "{}")) {
      Target target =
          read(
              backend(
                  "consul: { url: \"http://127.0.0.1:%d\", %s }".formatted(fake.port(), access)));

      target.backends().get(TargetBackend.CONSUL).on(HttpServer.client()).send(HttpCall.get("/"));

      assertThat(fake.asked().get(0).headers()).containsEntry(header, value);
    }
  }

  @Test
  void elasticsearchTakesAnApiKey() {
    try (FakeServer fake = new FakeServer().on("GET /", "{}")) {
      Target target =
          read(
              backend(
                  "elasticsearch: { url: \"http://127.0.0.1:%d\", api_key_file: token }"
                      .formatted(fake.port())));

      target
          .backends()
          .get(TargetBackend.ELASTICSEARCH)
          .on(HttpServer.client())
          .send(HttpCall.get("/"));

      assertThat(fake.asked().get(0).headers())
          .containsEntry("Authorization", "ApiKey t0ken-from-a-file");
    }
  }

  @Test
  void noSecretIsShown() {
    Target target =
        read(
            backend(
                "consul: { url: https://c.example, token_file: token, basic_auth: { username: me,"
                    + " password_env: PASSWORD } }"));

    assertThat(target.toString())
        .doesNotContain("t0ken-from-a-file")
        .doesNotContain("hunter2")
        .doesNotContain("bWU6aHVudGVyMmh1bnRlcjI=");
    assertThat(target.redaction().of("sent t0ken-from-a-file, bWU6aHVudGVyMmh1bnRlcjI="))
        .isEqualTo("sent [redacted], [redacted]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          jaeger: { url: ftp://x }                                              | 5:18 | expected a URL of http or https, found "ftp://x"
          jaeger: { url: "https://me:hunter2hunter2@x" }                        | 5:18 | a URL with a user in it; write basic_auth instead
          jaeger: { url: "https://x/?tenant=a" }                                | 5:18 | a base URL has no ? and no #
          jaeger: { ca: token }                                                 | 5:11 | the key "url" is missing
          jaeger: { url: https://x, bearer_token_fil: token }                   | 5:29 | unknown key "bearer_token_fil"
          jaeger: { url: https://x, token_file: token }                         | 5:29 | unknown key "token_file"
          jaeger: { url: https://x, bearer_token: hunter2hunter2 }              | 5:29 | a secret never stands in a target file itself
          jaeger: { url: https://x, password: hunter2hunter2 }                  | 5:29 | a secret never stands in a target file itself
          jaeger: { url: https://x, headers: { Authorization: hunter2hunter2 } } | 5:40 | a secret never stands in a target file itself
          jaeger: { url: https://x, headers: { X-Auth-Token: hunter2hunter2 } } | 5:40 | a secret never stands in a target file itself
          jaeger: { url: https://x, headers: { "X Y": z } }                     | 5:40 | not the name of a header: "X Y"
          jaeger: { url: https://x, headers: { X-Key: { fil: token } } }        | 5:49 | unknown key "fil"
          jaeger: { url: https://x, headers: { X-Key: {} } }                    | 5:47 | file or env is missing
          jaeger: { url: https://x, bearer_token_file: missing }                | 5:48 | cannot read FOLDER/missing: there is no such file
          jaeger: { url: https://x, bearer_token_file: empty }                  | 5:48 | the secret is empty: empty
          jaeger: { url: https://x, bearer_token_env: NOT_SET }                 | 5:47 | the environment variable is not set: NOT_SET
          jaeger: { url: https://x, bearer_token_env: EMPTY }                   | 5:47 | the secret is empty: EMPTY
          jaeger: { url: https://x, bearer_token_env: LINES }                   | 5:47 | the secret cannot be sent in a header: LINES
          jaeger: { url: https://x, bearer_token_env: hunter2-hunter2 }         | 5:47 | expected the name of an environment variable
          jaeger: { url: https://x, bearer_token_env: PASSWORD, bearer_token_file: token } | 5:11 | only one of bearer_token_file and bearer_token_env
          jaeger: { url: https://x, bearer_token_file: token, basic_auth: { username: me, password_file: token } } | 5:11 | only one of bearer_token, basic_auth and api_key
          jaeger: { url: https://x, basic_auth: { password_file: token } }      | 5:41 | the key "username" is missing
          jaeger: { url: https://x, basic_auth: { username: "a:b", password_file: token } } | 5:53 | expected a name without a colon, found "a:b"
          jaeger: { url: https://x, basic_auth: { username: me } }              | 5:41 | password_file or password_env is missing
          jaeger: { url: https://x, basic_auth: { username: me, password: hunter2hunter2 } } | 5:57 | a secret never stands in a target file itself
          jaeger: { url: https://x, ca: missing.pem }                           | 5:33 | cannot read FOLDER/missing.pem: there is no such file
          jaeger: { url: https://x, ca: token }                                 | 5:33 | not a certificate in PEM: FOLDER/token
          elasticsearch: { url: https://x, index: "a/_delete" }                 | 5:43 | expected names of indices such as filebeat-* or logs-*,audit, found "a/_delete"
          consul: { url: https://x, services: user }                            | 5:39 | expected a list, found "user"
          grafana: { url: https://x }                                           | 5:3  | unknown key "grafana"
          jaeger: https://x                                                     | 5:11 | expected a mapping, found "https://x"
          """)
  void whatIsNotRightIsToldWithItsPlaceAndWithoutSecrets(
      String backend, String position, String complaint) {
    assertThatThrownBy(() -> read(backend(backend)))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(problem.details().toString()).doesNotContain("hunter2");
            })
        .hasMessage(
            "%s:%s  %s",
            folder.resolve("staging.yaml"),
            position,
            complaint.replace("FOLDER", folder.toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          services: {}                                     | 1:1  | the key "name" is missing
          name: a                                          | 1:1  | the key "services" is missing
          name: Not a name                                 | 1:7  | expected a name of lower-case letters, digits, - and _, found "Not a name"
          { name: a, services: {}, backends: {} }          | 1:22 | a target needs a service
          { name: a, services: { x: { url: http://x } }, backends: {} } | 1:58 | a target needs a backend
          { name: a, backend: {} }                         | 1:12 | unknown key "backend"
          """)
  void whatAFileNeedsIsTold(String text, String position, String complaint) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(Problem.class)
        .hasMessage("%s:%s  %s", folder.resolve("staging.yaml"), position, complaint);
  }

  @Test
  void whatSeveralHaveInCommonStandsOnceUnderAKeyOfOnesOwn() {
    Target target =
        read(
            """
            name: staging
            x-common: &common { headers: { X-Scope-OrgID: team-a } }
            services: { api-gateway: { url: https://shop.example } }
            backends:
              jaeger: { <<: *common, url: https://traces.example }
              prometheus: { <<: *common, url: https://metrics.example }
            """);

    assertThat(target.backends().get(TargetBackend.PROMETHEUS).curl())
        .isEqualTo(" -H \"X-Scope-OrgID: team-a\"");
  }

  @Test
  void aCommandToTryHoldsNoSecret() {
    Target target =
        read(
            backend(
                "consul: { url: https://c.example, token_file: token, basic_auth: { username: me,"
                    + " password_env: PASSWORD } }"));

    assertThat(target.backends().get(TargetBackend.CONSUL).curl())
        .isEqualTo(
            " -u \"me:$PASSWORD\" -H \"X-Consul-Token: $(cat " + folder.resolve("token") + ")\"");
  }

  private static String backend(String backend) {
    return "name: staging\nservices:\n  api-gateway: { url: https://shop.example }\nbackends:\n  "
        + backend
        + "\n";
  }

  private Target read(String text) {
    Path file = folder.resolve("staging.yaml");
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return TargetReader.read(file, ENVIRONMENT);
  }
}
