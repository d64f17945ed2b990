package dev.platformkit.logkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A log file that the engine has deleted. */
class RoundsTest extends RoundsFixture {
  @Test
  void aDeletedFileThatArrivedIsLetGoOnceFilebeatHasLookedAgain() throws IOException {
    start(EngineLog.lines(3));
    store("line 0", "line 1", "line 2");
    delete();

    look();
    assertThat(holdings.files()).hasSize(1);
    later(10);

    assertThat(holdings.files()).isEmpty();
    assertThat(copies()).isEmpty();
  }

  @Test
  void aDeletedFileThatDoesNotArriveIsKeptAndHeldUntilItsCopyHas() throws IOException {
    start(EngineLog.lines(3));
    delete();

    look();
    assertThat(copies()).isEmpty();
    later(4);
    assertThat(copies()).containsExactly(EngineLog.lines(3));
    assertThat(value("log_files_kept")).isEqualTo(1);
    assertThat(holdings.files()).hasSize(1);

    store("line 0", "line 1", "line 2");
    later(1);
    assertThat(copies()).isEmpty();
    later(10);
    assertThat(holdings.files()).isEmpty();
  }

  @Test
  void onlyWhatIsMissingIsKept() throws IOException {
    start(EngineLog.lines(3));
    store("line 0", "line 1");
    delete();

    look();
    later(4);

    assertThat(copies()).containsExactly(EngineLog.entry("line 2\\n", 2));
  }

  @Test
  void whileLinesOfADeletedFileArriveItIsNotCopied() throws IOException {
    start(EngineLog.lines(5));
    delete();
    look();
    for (int line = 0; line < 5; line++) {
      later(2);
      store("line " + line);
    }
    later(10);

    assertThat(copies()).isEmpty();
    assertThat(holdings.files()).isEmpty();
  }

  @Test
  void aStoreThatDoesNotAnswerHasNothing() throws IOException {
    start(EngineLog.lines(3));
    store("line 0", "line 1", "line 2");
    delete();
    answering = false;

    look();
    later(4);

    assertThat(copies()).containsExactly(EngineLog.lines(3));
    assertThat(value("log_oldest_missing_seconds")).isGreaterThanOrEqualTo(4);
  }

  @Test
  void aLastLineWithoutAnEndIsSentWithOne() throws IOException {
    start(EngineLog.lines(1) + EngineLog.entry("no end", 1));
    store("line 0");
    delete();

    look();

    assertThat(copies()).containsExactly(EngineLog.entry("no end\\n", 1));
  }

  @Test
  void aFileWithNothingButALineWithoutAnEndIsKept() throws IOException {
    start(EngineLog.entry("no end", 1));
    delete();

    look();
    later(4);

    assertThat(copies()).containsExactly(EngineLog.entry("no end\\n", 1));
  }

  @Test
  void whatIsNotToBeShippedIsHeldAWhileAndNotKept() throws IOException {
    start(EngineLog.lines(3).replace("demo/", "other/"));
    delete();

    look();
    assertThat(holdings.files()).hasSize(1);
    later(10);

    assertThat(holdings.files()).isEmpty();
    assertThat(copies()).isEmpty();
  }

  @Test
  void whatRetentionHasDeletedHadArrived() throws IOException {
    start(EngineLog.lines(3));
    delete();
    clock.pass(Duration.ofDays(8));
    oldestDay = Optional.of(LocalDate.parse("2026-02-01"));

    look();
    later(10);

    assertThat(copies()).isEmpty();
    assertThat(holdings.files()).isEmpty();
  }

  @Test
  void anOldFileOfADayThatIsStillThereIsKept() throws IOException {
    start(EngineLog.lines(3));
    delete();
    clock.pass(Duration.ofDays(3));
    oldestDay = Optional.of(LocalDate.parse("2026-01-30"));

    look();
    later(4);

    assertThat(copies()).hasSize(1);
  }

  @Test
  void aCopyThatWasOverlookedWhileAYoungerOneArrivedIsSentAgainAsAnotherFile() throws IOException {
    start(EngineLog.lines(3));
    delete();
    look();
    later(4);
    log = folder.resolve("containers/user/user-json.log");
    EngineLog.append(log, EngineLog.lines(2));
    holdings.lookEverywhere();
    delete();
    look();
    later(4);
    List<Path> before = paths();

    storeOf("user", "line 0", "line 1");
    later(1);
    later(29);

    assertThat(before).hasSize(2);
    assertThat(paths()).hasSize(1).doesNotContainAnyElementsOf(before);
    assertThat(copies()).containsExactly(EngineLog.lines(3));
    store("line 0", "line 1", "line 2");
    later(1);
    assertThat(copies()).isEmpty();
  }

  @Test
  void whileNoneArrivesNoneIsOverlooked() throws IOException {
    start(EngineLog.lines(3));
    delete();
    look();
    later(4);
    List<Path> before = paths();

    later(60);

    assertThat(paths()).isEqualTo(before).hasSize(1);
  }

  @Test
  void whatHasNoRoomIsCountedAsLost() throws IOException {
    start(EngineLog.lines(3), EngineLog.lines(3).length());
    delete();
    look();
    later(4);

    log = folder.resolve("containers/user/user-json.log");
    EngineLog.append(log, EngineLog.lines(2));
    holdings.lookEverywhere();
    delete();
    look();
    later(4);

    assertThat(copies()).containsExactly(EngineLog.lines(2));
    assertThat(value("log_bytes_lost_total")).isEqualTo(EngineLog.lines(3).length());
  }

  @Test
  void whatIsHeldOnlyIsKeptWhenTheProcessEnds() throws IOException {
    start(EngineLog.lines(3));
    delete();

    rounds.last();

    assertThat(copies()).containsExactly(EngineLog.lines(3));
  }
}
