package dev.platformkit.check.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.check.Judged;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
  private static final String CHECK = "compose/schema";

  @TempDir Path folder;

  @Test
  void anUnknownKeyIsToldWhereItStandsWithTheNearestThatExists() throws IOException {
    Judged judged =
        compose(
            """
            services:
              nats:
                image: nats:2.10
                enviroment: { A: b }
            """);

    assertThat(judged.told(CHECK))
        .containsExactly("compose.yaml:4:5 unknown key \"enviroment\" in a service");
    assertThat(judged.fixes(CHECK)).containsExactly("environment");
  }

  @Test
  void everyMistakeOfAFileIsToldAtOnceAndInWords() throws IOException {
    assertThat(
            compose(
                    """
                    services:
                      nats:
                        image: nats:2.10
                        ports: 4222:4222
                        read_only: maybe
                        expose: [99999]
                        mem_limit: much
                        volumes: [{ type: bind, source: /x }]
                        depends_on: { nats: { condition: service_helthy } }
                      "a b": { image: x:1 }
                    nonsense: 1
                    """)
                .told(CHECK))
        .containsExactlyInAnyOrder(
            "compose.yaml:4:12 ports has to be a list, found \"4222:4222\"",
            "compose.yaml:5:16 read_only has to be true or false, found \"maybe\"",
            "compose.yaml:6:14 \"99999\" is not a port such as 9090 or 9090/udp",
            "compose.yaml:7:16 \"much\" is not a size such as 64m or 1g",
            "compose.yaml:8:15 a volume needs the key \"target\"",
            "compose.yaml:9:38 condition is service_started, service_healthy,"
                + " service_completed_successfully, not \"service_helthy\"",
            "compose.yaml:10:4 \"a b\" is not a name of letters, digits, ., - and _",
            "compose.yaml:11:1 unknown key \"nonsense\" in a Compose file");
  }

  @Test
  void whatIsSharedByAnAnchorIsToldOnce() throws IOException {
    assertThat(
            compose(
                    """
                    x-base: &base
                      restrat: always
                    services:
                      one: { <<: *base, image: "x:1" }
                      two: { <<: *base, image: "x:1" }
                    """)
                .told(CHECK))
        .containsExactly("compose.yaml:2:3 unknown key \"restrat\" in a service");
  }

  @Test
  void aValueThatAVariableFillsInIsNotJudged() throws IOException {
    assertThat(
            compose(
                    """
                    services:
                      nats:
                        image: nats:2.10
                        mem_limit: ${LIMIT:-64m}
                        read_only: ${READ_ONLY:-true}
                        ports: ["127.0.0.1:${PORT:-1}:4222"]
                    """)
                .told())
        .isEmpty();
  }

  @Test
  void ourOwnKeysAreJudgedToo() throws IOException {
    assertThat(
            compose(
                    """
                    services:
                      nats:
                        image: nats:2.10
                        x-platform: { ready: { htpp: 8222 } }
                        x-mine: { anything: goes }
                    """)
                .told(CHECK))
        .hasSize(1)
        .first()
        .asString()
        .contains("unknown key \"htpp\"");
  }

  @Test
  void aServiceThatNothingGivesAnImageIsTold() throws IOException {
    assertThat(compose("services:\n  nats:\n    command: [-js]\n").told(CHECK))
        .containsExactly("compose.yaml:2:3 the service nats has neither image nor build");
  }

  @Test
  void aFileThatOnlyChangesAnotherNeedsNoImage() throws IOException {
    assertThat(
            compose("services:\n  nats:\n    image: nats:2.10\n")
                .with("compose.override.yaml", "services:\n  nats:\n    command: [-js]\n")
                .told())
        .isEmpty();
  }

  @Test
  void aListInPlaceOfAFileIsTold() throws IOException {
    assertThat(compose("- a\n").told(CHECK))
        .containsExactly("compose.yaml:1:1 a Compose file has to be a Compose file, found a list");
  }

  private Judged compose(String text) throws IOException {
    return new Judged(folder).with("compose.yaml", text);
  }
}
