package dev.platformkit.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineFieldsTest {
  private static final String LINE =
      "{\"message\":\"kept it\",\"log.level\":\"INFO\",\"service\":{\"name\":\"cart\"}}";

  private final ObjectNode source = HttpServer.JSON.createObjectNode();

  LineFieldsTest() {
    source.put("event.original", LINE).put("message", "kept it").put("service.name", "cart");
    source.putObject("log").put("level", "info");
  }

  @Test
  void whatIsStoredAsTheLineSaysIsNotAltered() {
    assertThat(LineFields.altered(source)).isEmpty();
  }

  @Test
  void whatPeopleLookForItByIsWhatHasWords() {
    assertThat(LineFields.of(source))
        .isEqualTo(Map.of("message", "kept it", "log.level", "info", "service.name", "cart"));
    source.put("message", "=====");
    assertThat(LineFields.of(source)).doesNotContainKey("message");
  }

  @Test
  void aMessageThatWasCutOffIs() {
    source.put("message", "kept");

    assertThat(LineFields.altered(source)).hasValue("message is \"kept it\", stored as \"kept\"");
  }

  @Test
  void aLevelThatIsGoneIs() {
    source.remove("log");

    assertThat(LineFields.altered(source)).hasValue("log.level is \"INFO\", stored without it");
  }

  @Test
  void anotherServicesNameIs() {
    source.put("service.name", "order");

    assertThat(LineFields.altered(source))
        .hasValue("service.name is \"cart\", stored as \"order\"");
  }

  @Test
  void whatALineDoesNotSayMayBeAddedToIt() {
    source.put("span.id", "5");

    assertThat(LineFields.altered(source)).isEmpty();
  }

  @Test
  void ofALineWithoutFieldsNothingIsKnown() {
    assertThat(altered("just words")).isEmpty();
    assertThat(altered("{not} json")).isEmpty();
    assertThat(altered("")).isEmpty();
  }

  private static Optional<String> altered(String original) {
    return LineFields.altered(
        HttpServer.JSON.createObjectNode().put("event.original", original).put("message", "other"));
  }
}
