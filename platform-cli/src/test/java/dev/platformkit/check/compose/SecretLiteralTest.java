package dev.platformkit.check.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.check.Judged;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretLiteralTest {
  private static final String CHECK = "compose/secret-literal";

  @TempDir Path folder;

  @Test
  void secretsInEnvironmentUrlsCommandsAndDefaultsAreFoundAndNeverShown() throws IOException {
    Judged judged =
        service(
            """
            environment:
              - DB_PASSWORD=hunter2x
              - DB_URL=postgres://shop:hunter2x@db:5432/shop
              - API_TOKEN=${API_TOKEN:-hunter2x}
            command: [redis-server, --requirepass=hunter2x]
            """);

    assertThat(judged.findings())
        .hasSize(4)
        .allSatisfy(
            finding -> {
              assertThat(finding.check()).isEqualTo(CHECK);
              assertThat(finding.toString()).doesNotContain("hunter2x");
            });
  }

  @Test
  void settingsAboutSecretsThatAreNoneAreLeftAlone() throws IOException {
    assertThat(
            service(
                    """
                    environment:
                      POSTGRES_PASSWORD_FILE: /run/secrets/password
                      ALLOW_EMPTY_PASSWORD: "yes"
                      TOKEN_TTL: 3600s
                      API_TOKEN: ${API_TOKEN:?set it}
                      SECRET: ""
                      CONSUL_URL: http://consul:8500
                      TOKEN: http://issuer/keys
                    """)
                .told())
        .isEmpty();
  }

  @Test
  void anEnvFileIsJudgedUnlessItStaysOnTheMachine() throws IOException {
    Judged judged = new Judged(folder).with(".env", "DB_PASSWORD=hunter2x # ours\n");

    assertThat(judged.told(CHECK))
        .containsExactly(
            ".env:1:13 DB_PASSWORD holds a secret for everybody who can read this file");
    assertThat(judged.with(".gitignore", "# local\n.env\n").told()).isEmpty();
  }

  private Judged service(String keys) throws IOException {
    return new Judged(folder)
        .with("compose.yaml", "services:\n  s:\n    image: x:1\n" + keys.indent(4));
  }
}
