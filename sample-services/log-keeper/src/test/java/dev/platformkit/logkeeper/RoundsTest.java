package dev.platformkit.logkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clock that is set, an archive that is told what it holds, files as the engine writes them. */
class RoundsTest {
  @TempDir private Path folder;
  private final CollectorRegistry metrics = new CollectorRegistry();
  private final Set<String> stored = new HashSet<>();
  private final SetClock clock = new SetClock(EngineLog.START);
  private final FakeArchive archive = new FakeArchive();
  private boolean answering = true;
  private Optional<LocalDate> oldestDay = Optional.empty();
  private Path log;
  private Path kept;
  private Holdings holdings;
  private Rounds rounds;

  @BeforeEach
  void begin() throws IOException {
    log = folder.resolve("containers/cart/cart-json.log");
    kept = Files.createDirectories(folder.resolve("kept"));
  }

  @AfterEach
  void close() throws IOException {
    holdings.close();
    holdings.files().forEach(holdings::release);
  }

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

  @Test
  void whatIsHeldOnlyIsKeptWhenTheProcessEnds() throws IOException {
    start(EngineLog.lines(3));
    delete();

    rounds.last();

    assertThat(copies()).containsExactly(EngineLog.lines(3));
  }

  private void start(String text) throws IOException {
    start(text, 1 << 20);
  }

  private void start(String text, long most) throws IOException {
    EngineLog.append(log, text);
    holdings = new Holdings(folder.resolve("containers"), clock);
    rounds =
        new Rounds(
            tag -> tag.startsWith("demo/"),
            holdings,
            new Shelf(kept, most),
            archive,
            new KeeperMetrics(metrics),
            clock);
  }

  private void delete() throws IOException {
    Files.delete(log);
    Files.delete(log.getParent());
    holdings.lookEverywhere();
  }

  private void look() throws IOException {
    rounds.look();
  }

  /** Lets so much time pass, and looks. */
  private void later(int seconds) throws IOException {
    clock.pass(Duration.ofSeconds(seconds));
    rounds.look();
  }

  /** These lines can be found from now on. */
  private void store(String... lines) {
    for (String line : lines) {
      int second = Integer.parseInt(line.substring("line ".length()));
      stored.add(DocumentId.of("cart", EngineLog.parse(EngineLog.entry(line + "\\n", second))));
    }
  }

  private List<String> copies() throws IOException {
    List<String> copies = new ArrayList<>();
    for (Path path : paths()) {
      copies.add(Files.readString(path));
    }
    return copies;
  }

  private List<Path> paths() throws IOException {
    try (Stream<Path> files = Files.walk(kept)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private double value(String metric) {
    return metrics.getSampleValue(metric);
  }

  private final class FakeArchive implements Archive {
    @Override
    public Optional<Set<String>> known(Collection<String> ids) {
      return answering
          ? Optional.of(ids.stream().filter(stored::contains).collect(Collectors.toSet()))
          : Optional.empty();
    }

    @Override
    public Optional<LocalDate> oldestDay() {
      return oldestDay;
    }

    @Override
    public Optional<Long> refused() {
      return Optional.empty();
    }
  }
}
