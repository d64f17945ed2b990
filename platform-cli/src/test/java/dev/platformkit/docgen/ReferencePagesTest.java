package dev.platformkit.docgen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.command.CommandLines;
import dev.platformkit.terminal.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;

class ReferencePagesTest {
  @TempDir Path folder;

  @Test
  void thePagesOfThisRepositoryAreThoseThatItsCodeMakes() {
    assertThat(new ReferencePages(Path.of(".."), commandLine()).stale())
        .as("stale pages; write them with: " + ReferencePages.COMMAND)
        .isEmpty();
  }

  @Test
  void whatDiffersIsWrittenAndWhatNothingMakesIsRemoved() throws IOException {
    ReferencePages pages = new ReferencePages(folder, commandLine());
    pages.write();
    assertThat(pages.stale()).isEmpty();

    Path changed = folder.resolve("docs/reference/commands.md");
    Path leftOver = folder.resolve("docs/reference/checks/compose-gone.md");
    Files.writeString(changed, "by hand");
    Files.writeString(leftOver, "of a check that was removed");

    assertThat(pages.write()).containsExactlyInAnyOrder(changed, leftOver);
    assertThat(leftOver).doesNotExist();
    assertThat(pages.stale()).isEmpty();
  }

  private static CommandSpec commandLine() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return CommandLines.create(new Console(nowhere, nowhere, false, false, false, true, 80))
        .getCommandSpec();
  }
}
