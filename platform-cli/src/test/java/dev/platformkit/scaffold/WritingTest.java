package dev.platformkit.scaffold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.problem.Problem;
import dev.platformkit.scaffold.EntryList.Inserted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritingTest {
  private static final FileChange MADE = FileChange.created("new/folder/made", "1\n");
  private static final FileChange ENTERED =
      FileChange.entered("list", "a\n", new Inserted("a\nb\n", 2, 1));

  @TempDir private Path root;

  @BeforeEach
  void aList() throws IOException {
    Files.writeString(root.resolve("list"), "a\n");
  }

  @Test
  void allIsWritten() {
    Writing.write(root, List.of(MADE, ENTERED));

    assertThat(root.resolve("new/folder/made")).hasContent("1");
    assertThat(root.resolve("list")).hasContent("a\nb");
    assertThat(root).isDirectoryNotContaining("glob:**/.*.new");
  }

  @Test
  void whereOneCannotBeWrittenTheOthersAreTakenBack() throws IOException {
    Files.writeString(root.resolve("file"), "");

    assertThatThrownBy(
            () ->
                Writing.write(
                    root, List.of(MADE, ENTERED, FileChange.created("file/inside", "2\n"))))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem).hasMessageStartingWith("cannot write file/inside: ");
              assertThat(problem.details()).containsExactly("everything is as it was");
            });
    asItWas();
  }

  @Test
  void whatSomebodyMadeMeanwhileStays() throws IOException {
    Files.writeString(root.resolve("theirs"), "theirs");

    assertThatThrownBy(
            () -> Writing.write(root, List.of(MADE, FileChange.created("theirs", "ours"))))
        .hasMessageStartingWith("cannot write theirs: ");
    assertThat(root.resolve("theirs")).hasContent("theirs");
    asItWas();
  }

  @Test
  void whatSomebodyChangedMeanwhileStays() throws IOException {
    Files.writeString(root.resolve("list"), "changed");

    assertThatThrownBy(() -> Writing.write(root, List.of(MADE, ENTERED)))
        .hasMessageContaining("somebody else changed it meanwhile");
    assertThat(root.resolve("list")).hasContent("changed");
    assertThat(root.resolve("new")).doesNotExist();
  }

  private void asItWas() {
    assertThat(root.resolve("list")).hasContent("a");
    assertThat(root.resolve("new")).doesNotExist();
  }
}
