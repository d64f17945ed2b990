package dev.platformkit.logkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShelfTest {
  @TempDir private Path folder;
  private Path root;
  private Shelf shelf;

  @BeforeEach
  void build() throws IOException {
    root = Files.createDirectory(folder.resolve("kept"));
    shelf = new Shelf(root, 1000);
  }

  @Test
  void aCopyIsTheSameFromSomewhereOn() throws IOException {
    String first = EngineLog.lines(1);

    Path copy = put(first + EngineLog.entry("next\\n", 5), first.length());

    assertThat(Files.readString(copy)).isEqualTo(EngineLog.entry("next\\n", 5));
    assertThat(copy.getParent()).isEqualTo(root.resolve("cart"));
    assertThat(copy.getFileName().toString()).endsWith("-json.log");
  }

  @Test
  void aLastLineWithoutAnEndGetsOne() throws IOException {
    Path copy = put(EngineLog.lines(1) + EngineLog.entry("no end", 5), 0);

    assertThat(Files.readString(copy))
        .isEqualTo(EngineLog.lines(1) + EngineLog.entry("no end\\n", 5));
  }

  @Test
  void isTakenOverByTheNextProcessButForWhatWasOnlyBegun() throws IOException {
    Path copy = put(EngineLog.lines(1), 0);
    Files.writeString(copy.resolveSibling("12.begun"), "half");

    Shelf next = new Shelf(root, 1000);

    assertThat(next.copies()).extracting(Shelf.Copy::path).containsExactly(copy);
    assertThat(copy.resolveSibling("12.begun")).doesNotExist();
  }

  @Test
  void aCopyThatIsDroppedLeavesNothingBehind() throws IOException {
    Path one = put(EngineLog.lines(1), 0);
    Path other = put(EngineLog.lines(1), 0);

    shelf.drop(shelf.copies().get(0));

    assertThat(one).doesNotExist();
    assertThat(other).exists();
    shelf.drop(shelf.copies().get(0));
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void saysWhenItIsFull() throws IOException {
    put(EngineLog.lines(3), 0);

    assertThat(shelf.full(1000 - shelf.bytes())).isFalse();
    assertThat(shelf.full(1001 - shelf.bytes())).isTrue();
  }

  private Path put(String text, long begin) throws IOException {
    Path file = folder.resolve("source");
    Files.writeString(file, text);
    try (FileChannel channel = FileChannel.open(file)) {
      return shelf.put("cart", channel, begin, channel.size());
    }
  }
}
