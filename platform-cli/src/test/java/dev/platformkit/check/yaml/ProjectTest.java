package dev.platformkit.check.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.check.Judged;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTest {
  private static final String CHECK = "yaml/project";

  @TempDir Path folder;

  @Test
  void everyMistakeIsToldAtOnce() throws IOException {
    assertThat(
            project("nme: demo\nname: My Shop\nstacks: [data, metric]\nimages: remote\n")
                .told(CHECK))
        .containsExactly(
            "platform.yaml:1:1 unknown key \"nme\"",
            "platform.yaml:2:7 \"My Shop\" is not a name of lower-case letters, digits, - and _",
            "platform.yaml:3:16 the stack \"metric\" has no stacks/metric/compose.yaml",
            "platform.yaml:4:9 images is auto, registry, local, not \"remote\"");
  }

  @Test
  void aStackThatIsNeededButNotNamedIsToldWhereItIsNeeded() throws IOException {
    assertThat(
            project("name: demo\nstacks: [data]\n")
                .with(
                    "stacks/data/compose.yaml",
                    "x-platform: { needs: [dta] }\nservices: { s: { image: 'x:1' } }\n")
                .told(CHECK))
        .containsExactly(
            "stacks/data/compose.yaml:1:23 there is no stack \"dta\" in platform.yaml");
  }

  @Test
  void withoutNameAndStacksItIsNoProject() throws IOException {
    assertThat(project("images: local\n").told(CHECK)).hasSize(2);
    assertThat(project("- data\n").told(CHECK)).hasSize(1);
  }

  private Judged project(String text) throws IOException {
    return new Judged(folder)
        .with("platform.yaml", text)
        .with("stacks/data/compose.yaml", "services: { s: { image: 'x:1' } }\n");
  }
}
