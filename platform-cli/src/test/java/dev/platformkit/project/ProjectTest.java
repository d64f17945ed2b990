package dev.platformkit.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTest {
  @TempDir Path folder;

  @Test
  void isFoundFromAFolderInsideIt() throws IOException {
    write("name: demo\nstacks: [data, metrics]\nimages: local\n");
    Path inside = Files.createDirectories(folder.resolve("stacks/data"));

    Project project = Project.find(inside);

    assertThat(project.root()).isEqualTo(folder);
    assertThat(project.stacks()).containsExactly("data", "metrics");
    assertThat(project.images()).isEqualTo(ImageSource.LOCAL);
  }

  @Test
  void takesImagesFromWhereTheyCanBeHadUnlessItSaysOtherwise() throws IOException {
    write("name: demo\nstacks: []\n");

    assertThat(Project.find(folder).images()).isEqualTo(ImageSource.AUTO);
  }

  @Test
  void anImageSourceThatDoesNotExistIsToldWithItsPlace() throws IOException {
    write("name: demo\nstacks: []\nimages: hub\n");

    assertThatThrownBy(() -> Project.find(folder))
        .hasMessage("platform.yaml:3:9  expected auto, registry or local, found \"hub\"");
  }

  @Test
  void aNameThatComposeWouldRefuseIsTold() throws IOException {
    write("name: My Platform\nstacks: []\n");

    assertThatThrownBy(() -> Project.find(folder)).hasMessageStartingWith("platform.yaml:1:7");
  }

  @Test
  void aFolderWithoutOneIsTold() {
    assertThatThrownBy(() -> Project.find(folder))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("no platform.yaml in " + folder);
  }

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve(Project.FILE), text);
  }
}
