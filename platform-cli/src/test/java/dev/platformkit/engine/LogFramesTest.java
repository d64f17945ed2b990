package dev.platformkit.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogFramesTest {
  private static final String NINE = "2026-01-01T09:00:00.123456789Z ";
  private static final String TEN = "2026-01-01T10:00:00Z ";

  private final List<LogLine> lines = new ArrayList<>();
  private final LogFrames frames = new LogFrames(lines::add);

  @Test
  void aFrameIsALineWithItsTime() {
    accept("stdout", NINE + "hello\n");

    assertThat(lines).containsExactly(new LogLine(at(NINE), "stdout", "hello"));
  }

  @Test
  void theStreamsDoNotMix() {
    accept("stdout", NINE + "out, half ");
    accept("stderr", TEN + "err\n");
    accept("stdout", NINE + "and whole\n");

    assertThat(lines)
        .containsExactly(
            new LogLine(at(TEN), "stderr", "err"),
            new LogLine(at(NINE), "stdout", "out, half and whole"));
  }

  @Test
  void aLineStoredInPiecesIsOneLineWithTheTimeOfItsFirst() {
    accept("stdout", NINE + "a".repeat(16384));
    accept("stdout", TEN + "b".repeat(10) + "\n");

    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).time()).isEqualTo(at(NINE));
    assertThat(lines.get(0).text()).hasSize(16394).endsWith("ab" + "b".repeat(9));
  }

  @Test
  void aTerminalsFramesHaveNoBoundaries() {
    frames.accept("stdout", false, (NINE + "one\r\n" + TEN + "tw").getBytes(UTF_8));
    frames.accept("stdout", false, "o\r\n".getBytes(UTF_8));

    assertThat(lines)
        .containsExactly(
            new LogLine(at(NINE), "stdout", "one"), new LogLine(at(TEN), "stdout", "two"));
  }

  @Test
  void whatWasNotEndedIsHandedOverAtTheEnd() {
    accept("stdout", NINE + "no line end");
    assertThat(lines).isEmpty();

    frames.end();

    assertThat(lines).containsExactly(new LogLine(at(NINE), "stdout", "no line end"));
  }

  @Test
  void aFrameThatTheConnectionCutIsStillOneLineWhereverItWasCut() {
    String whole = NINE + "{\"at\":\"" + TEN.strip() + "\", \"n\": 1}\n";
    for (int cut = 0; cut <= whole.length(); cut++) {
      accept("stdout", whole.substring(0, cut));
      accept("stdout", whole.substring(cut));
    }

    assertThat(lines).hasSize(whole.length() + 1);
    assertThat(lines)
        .allMatch(
            line ->
                line.equals(
                    new LogLine(at(NINE), "stdout", whole.substring(NINE.length()).strip())));
  }

  @Test
  void anEmptyLineIsALine() {
    accept("stdout", NINE + "\n");

    assertThat(lines).containsExactly(new LogLine(at(NINE), "stdout", ""));
  }

  @Test
  void charactersCutBetweenPiecesAreWhole() {
    byte[] umlaut = (NINE + "ü\n").getBytes(UTF_8);
    int cut = umlaut.length - 2;
    frames.accept("stdout", false, java.util.Arrays.copyOf(umlaut, cut));
    frames.accept("stdout", false, java.util.Arrays.copyOfRange(umlaut, cut, umlaut.length));

    assertThat(lines).containsExactly(new LogLine(at(NINE), "stdout", "ü"));
  }

  private void accept(String stream, String text) {
    frames.accept(stream, true, text.getBytes(UTF_8));
  }

  private static Instant at(String timestamp) {
    return Instant.parse(timestamp.strip());
  }
}
