package dev.platformkit.logkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntriesTest {
  @TempDir private Path folder;

  @Test
  void ofAFewLinesAllAreTaken() throws IOException {
    assertThat(sample(EngineLog.lines(5), 32))
        .containsExactly("line 0", "line 1", "line 2", "line 3", "line 4");
  }

  @Test
  void ofManyTheFirstAndTheLastAndSomeBetween() throws IOException {
    assertThat(sample(EngineLog.lines(1000), 3)).containsExactly("line 0", "line 499", "line 999");
  }

  @Test
  void aLargeFileIsNotReadWhole() throws IOException {
    List<String> sample = sample(EngineLog.lines(20_000), 32);

    assertThat(sample)
        .hasSize(32)
        .startsWith("line 0")
        .endsWith("line 19999")
        .doesNotHaveDuplicates();
  }

  @Test
  void aLineThatTheEngineHasSplitIsOne() throws IOException {
    String split = EngineLog.entry("begin ", 1) + EngineLog.entry("end\\n", 1);

    assertThat(sample(EngineLog.lines(1) + split + EngineLog.entry("next\\n", 2), 32))
        .containsExactly("line 0", "begin end", "next");
  }

  @Test
  void whatIsReadFromAmidDoesNotBeginWithTheRestOfALine() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      text.append(EngineLog.entry("a".repeat(100), i)).append(EngineLog.entry("b\\n", i));
    }

    assertThat(sample(text.toString(), 32)).containsOnly("a".repeat(100) + "b").hasSize(32);
  }

  @Test
  void theLastIsFoundAlsoWithoutAnEnd() throws IOException {
    Path file =
        EngineLog.append(folder.resolve("log"), EngineLog.lines(3) + EngineLog.entry("x", 4));

    try (FileChannel channel = FileChannel.open(file)) {
      assertThat(new Entries(channel).lastEntry(channel.size()).orElseThrow().log()).isEqualTo("x");
    }
  }

  @Test
  void whatIsStillBeingWrittenIsNoEntryYet() throws IOException {
    assertThat(sample(EngineLog.lines(2) + "{\"log\":\"half", 32))
        .containsExactly("line 0", "line 1");
  }

  @Test
  void anEmptyFileHasNone() throws IOException {
    assertThat(sample("", 32)).isEmpty();
  }

  private List<String> sample(String text, int count) throws IOException {
    Path file = EngineLog.append(folder.resolve("log"), text);
    try (FileChannel channel = FileChannel.open(file)) {
      return new Entries(channel)
          .sample(0, channel.size(), count).stream().map(Entry::message).toList();
    }
  }
}
