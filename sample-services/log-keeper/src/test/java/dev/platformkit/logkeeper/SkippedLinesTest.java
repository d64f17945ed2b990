package dev.platformkit.logkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A log file that is still there, of which lines do not arrive. */
class SkippedLinesTest extends RoundsFixture {
  @Test
  void linesThatFilebeatSkippedAreSentAgain() throws IOException {
    start(EngineLog.lines(3));
    store("line 0", "line 2");

    later(30);

    assertThat(copies())
        .containsExactly(EngineLog.entry("line 1\\n", 1) + EngineLog.entry("line 2\\n", 2));
    later(30);
    assertThat(copies()).hasSize(1);
  }

  @Test
  void linesThatAreOnlyLateAreNot() throws IOException {
    start(EngineLog.lines(3));
    store("line 0");

    later(30);

    assertThat(copies()).isEmpty();
    assertThat(value("log_oldest_missing_seconds")).isEqualTo(29);
  }

  @Test
  void whatDoesNotArriveThoughItWasReadAgainAndAgainIsLeftOutOnPurpose() throws IOException {
    start(EngineLog.lines(3));
    store("line 0", "line 2");
    later(30);
    List<Path> first = paths();
    later(1);

    later(61);
    List<Path> second = paths();
    later(1);
    later(61);

    assertThat(first).hasSize(1);
    assertThat(second).hasSize(1).doesNotContainAnyElementsOf(first);
    assertThat(copies()).isEmpty();
    assertThat(value("log_lines_left_out_total")).isEqualTo(1);
    assertThat(value("log_bytes_lost_total")).isZero();
  }

  @Test
  void aFileThatWasEmptiedIsFollowedFromItsBeginning() throws IOException {
    start(EngineLog.lines(3));
    store("line 0", "line 1", "line 2");
    later(30);
    Files.writeString(log, EngineLog.lines(1).replace("line 0", "line 9"));
    delete();

    look();
    later(4);

    assertThat(copies()).hasSize(1);
  }
}
