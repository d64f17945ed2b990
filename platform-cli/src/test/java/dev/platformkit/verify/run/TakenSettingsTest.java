package dev.platformkit.verify.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.platformkit.backend.ConsulKv;
import dev.platformkit.backend.FakeServer;
import dev.platformkit.verify.run.TakenSettings.NotTakenException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TakenSettingsTest {
  private static final String KEY = "config/category/page-size";
  private static final Map<String, String> WANTED = Map.of(KEY, "21");

  private final FakeServer consul = new FakeServer();
  private Optional<String> stored = Optional.of("20");
  private int index = 7;

  @BeforeEach
  void aStore() {
    consul.on(
        "GET /v1/kv/" + KEY,
        asked ->
            stored
                .map(
                    value ->
                        new FakeServer.Answer(
                            200,
                            "[{\"Key\":\"%s\",\"Value\":\"%s\",\"Flags\":3,\"ModifyIndex\":%d}]"
                                .formatted(
                                    KEY,
                                    Base64.getEncoder().encodeToString(value.getBytes(UTF_8)),
                                    index)))
                .orElse(new FakeServer.Answer(404, "")));
    consul.on("PUT /v1/txn", asked -> transacted(asked.body()));
  }

  @AfterEach
  void close() {
    consul.close();
  }

  @Test
  void aSettingHoldsMeanwhileAndIsPutBack() throws NotTakenException {
    try (TakenSettings taken = TakenSettings.write(kv(), WANTED)) {
      assertThat(taken).isNotNull();
      assertThat(stored).contains("21");
    }

    assertThat(stored).contains("20");
  }

  @Test
  void aSettingThatWasNotThereIsTakenAwayAgain() throws NotTakenException {
    stored = Optional.empty();
    index = 0;

    try (TakenSettings taken = TakenSettings.write(kv(), WANTED)) {
      assertThat(taken).isNotNull();
      assertThat(stored).contains("21");
    }

    assertThat(stored).isEmpty();
  }

  @Test
  void whatSomebodyElseWroteMeanwhileStays() throws NotTakenException {
    try (TakenSettings taken = TakenSettings.write(kv(), WANTED)) {
      assertThat(taken).isNotNull();
      stored = Optional.of("50");
      index++;
    }

    assertThat(stored).contains("50");
  }

  @Test
  void aSettingThatIsSoAlreadyWouldProveNothing() {
    stored = Optional.of("21");

    assertThatThrownBy(() -> TakenSettings.write(kv(), WANTED))
        .isInstanceOf(NotTakenException.class)
        .hasMessageStartingWith("config/category/page-size is 21 already");
    assertThat(consul.calls()).doesNotContain("PUT /v1/txn");
  }

  @Test
  void whoWritesAtTheSameMomentWins() {
    consul.on("PUT /v1/txn", 409, "{\"Errors\":[{\"OpIndex\":0,\"What\":\"index is stale\"}]}");

    assertThatThrownBy(() -> TakenSettings.write(kv(), WANTED))
        .isInstanceOf(NotTakenException.class)
        .hasMessage("Consul did not take config/category/page-size: index is stale");
  }

  private FakeServer.Answer transacted(String body) {
    JsonNode kv;
    try {
      kv = new ObjectMapper().readTree(body).get(0).get("KV");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (kv.path("Index").asInt() != index) {
      return new FakeServer.Answer(
          409, "{\"Errors\":[{\"OpIndex\":0,\"What\":\"index is stale\"}]}");
    }
    index++;
    stored =
        kv.path("Verb").asText().equals("delete-cas")
            ? Optional.empty()
            : Optional.of(new String(Base64.getDecoder().decode(kv.path("Value").asText()), UTF_8));
    return new FakeServer.Answer(200, "{}");
  }

  private ConsulKv kv() {
    return new ConsulKv(consul.as("consul"));
  }
}
