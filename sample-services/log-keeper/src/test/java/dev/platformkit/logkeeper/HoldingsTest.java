package dev.platformkit.logkeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldingsTest {
  @TempDir private Path root;
  private Holdings holdings;

  @BeforeEach
  void watch() throws IOException {
    EngineLog.append(root.resolve("old/old-json.log"), EngineLog.lines(1));
    holdings = new Holdings(root, Clock.systemUTC());
    Thread thread = new Thread(holdings::watch, "watch");
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void close() throws IOException {
    holdings.close();
    holdings.files().forEach(holdings::release);
  }

  @Test
  void holdsWhatIsThere() {
    assertThat(holdings.files()).extracting(LogFile::container).containsExactly("old");
  }

  @Test
  void holdsWhatComesAndStillReadsItWhenItIsGone() throws IOException {
    Path log = EngineLog.append(root.resolve("new/new-json.log"), EngineLog.lines(2));
    await().until(() -> of("new").isPresent());

    Files.delete(log);
    Files.delete(log.getParent());

    await().until(() -> of("new").flatMap(LogFile::gone).isPresent());
    assertThat(new Entries(of("new").orElseThrow().channel()).firstEntry()).isPresent();
    assertThat(holdings.missed()).isZero();
  }

  @Test
  void aRotatedFileIsHeldUnderItsNewNameBesideTheNextOne() throws IOException {
    Path log = root.resolve("old/old-json.log");

    Files.move(log, root.resolve("old/old-json.log.1"));
    EngineLog.append(log, EngineLog.lines(1));

    await().until(() -> holdings.files().size() == 2);
    assertThat(holdings.files()).allMatch(file -> file.gone().isEmpty());
  }

  @Test
  void eachOfManyRotationsIsHeld() throws IOException {
    Path log = root.resolve("old/old-json.log");

    for (int rotation = 0; rotation < 20; rotation++) {
      Files.move(log, root.resolve("old/old-json.log.1"), StandardCopyOption.REPLACE_EXISTING);
      EngineLog.append(log, EngineLog.lines(1));
      int held = rotation + 2;
      await().until(() -> holdings.files().size() == held);
    }

    assertThat(holdings.files()).filteredOn(file -> file.gone().isPresent()).hasSize(19);
    assertThat(holdings.missed()).isZero();
  }

  @Test
  void aFileThatWasGoneTooSoonIsCounted() throws IOException {
    holdings.close();
    SetClock clock = new SetClock(EngineLog.START);
    holdings = new Holdings(root, clock); // nobody heeds what the kernel tells
    clock.pass(Duration.ofSeconds(6));
    holdings.lookEverywhere();
    Path log = root.resolve("old/old-json.log");
    Files.move(log, root.resolve("old/old-json.log.1"));
    EngineLog.append(log, EngineLog.lines(1));
    Files.delete(log);
    Files.delete(root.resolve("old/old-json.log.1"));
    Files.delete(log.getParent());

    await()
        .until(
            () -> {
              clock.pass(Duration.ofSeconds(1));
              holdings.lookEverywhere();
              return holdings.missed() == 1;
            });
  }

  @Test
  void compressedCopiesAndOtherFilesAreLeftAlone() throws IOException {
    EngineLog.append(root.resolve("old/old-json.log.1.gz"), "x");
    EngineLog.append(root.resolve("old/config.v2.json"), "{}");
    EngineLog.append(root.resolve("new/new-json.log"), EngineLog.lines(1));

    await().until(() -> of("new").isPresent());
    assertThat(holdings.files()).hasSize(2);
  }

  @Test
  void whatIsReleasedIsHeldNoMore() {
    List<LogFile> files = holdings.files();

    holdings.release(files.get(0));

    assertThat(holdings.files()).isEmpty();
    assertThat(files.get(0).channel().isOpen()).isFalse();
  }

  private Optional<LogFile> of(String container) {
    return holdings.files().stream().filter(f -> f.container().equals(container)).findFirst();
  }
}
