package dev.platformkit.verify.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.backend.Elasticsearch.Place;
import dev.platformkit.engine.Container;
import dev.platformkit.engine.LogLine;
import dev.platformkit.verify.FakePlatform;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LastLinesTest {
  private static final Instant START = Instant.parse("2026-11-30T10:00:00Z");

  private final FakePlatform platform = new FakePlatform();
  private final Container cart = platform.container("cart", Container.State.RUNNING, 0);
  private final List<LogLine> lines = new ArrayList<>();

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void theLastOnesAreTaken() {
    for (int i = 0; i < 10; i++) {
      wrote("INFO line " + i);
    }

    assertThat(taken())
        .containsExactlyInAnyOrder(
            "INFO line 4",
            "INFO line 5",
            "INFO line 6",
            "INFO line 7",
            "INFO line 8",
            "INFO line 9");
  }

  @Test
  void theLastOfEachLevelIsTakenHoweverRareItIs() {
    wrote("{\"log.level\":\"WARN\",\"message\":\"careful\"}");
    wrote("level=error msg=\"an old one\"");
    wrote("level=error msg=\"a new one\"");
    for (int i = 0; i < 10; i++) {
      wrote("[INFO] line " + i);
    }

    assertThat(taken())
        .hasSize(8)
        .contains(
            "{\"log.level\":\"WARN\",\"message\":\"careful\"}", "level=error msg=\"a new one\"");
  }

  @Test
  void whatWasWrittenOutsideOfTheTimeIsLeftOut() {
    wrote("too old");
    wrote("good");
    wrote("too new");

    assertThat(LastLines.of(cart, lines, START, START.plusSeconds(2)))
        .extracting(LastLines.Sample::text)
        .containsExactly("good");
  }

  @Test
  void whatIsNotStoredLetterByLetterIsLeftOut() {
    wrote("   ");
    wrote("a".repeat(20_000));
    wrote("broken \uFFFD letters");

    assertThat(taken()).isEmpty();
  }

  @Test
  void aLineMayBeFoundUnderItsOwnTimeIfItBringsOne() {
    wrote("{\"@timestamp\":\"2026-11-30T11:00:00.005+01:00\"}");
    wrote("{\"@timestamp\":\"today\"}");
    wrote("plain");

    assertThat(sample())
        .flatExtracting(LastLines.Sample::places)
        .extracting(Place::time)
        .containsExactlyInAnyOrder(
            START, START.plusMillis(5), START.plusSeconds(1), START.plusSeconds(2));
  }

  private void wrote(String text) {
    lines.add(new LogLine(START.plusSeconds(lines.size()), "stdout", text));
  }

  private List<String> taken() {
    return sample().stream().map(LastLines.Sample::text).toList();
  }

  private List<LastLines.Sample> sample() {
    return LastLines.of(cart, lines, START.minusSeconds(1), START.plusSeconds(100));
  }
}
