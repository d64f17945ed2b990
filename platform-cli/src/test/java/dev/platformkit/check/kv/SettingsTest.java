package dev.platformkit.check.kv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.check.Judged;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private static final String CHECK = "kv/settings";

  @TempDir Path folder;

  @Test
  void everyMistakeIsToldAtOnceWithWhatWasMeant() throws IOException {
    Judged judged =
        project()
            .with(
                "kv/category.yaml",
                """
                keys:
                  page-size: { valu: 20 }
                  log-level: { value: inf, one_of: [info, warn] }
                """);

    assertThat(judged.told(CHECK))
        .containsExactly(
            "kv/category.yaml:2:3 \"page-size\" has no value",
            "kv/category.yaml:2:16 unknown key \"valu\";"
                + " known here: value, type, min, max, one_of, about",
            "kv/category.yaml:3:23 \"inf\" is none of info, warn");
    assertThat(judged.fixes(CHECK)).containsExactly("", "value", "info");
  }

  @Test
  void aFileForAServiceThatDoesNotExistConfiguresNobody() throws IOException {
    Judged judged = project().with("kv/categry.yaml", "keys: { a: 1 }\n");

    assertThat(judged.told(CHECK))
        .containsExactly(
            "kv/categry.yaml:1:1 no Compose file has a service \"categry\", so nobody reads this");
    assertThat(judged.fixes(CHECK)).containsExactly("kv/category.yaml");
  }

  @Test
  void aSecondDocumentIsOneTooMany() throws IOException {
    assertThat(
            project().with("kv/category.yaml", "keys: { a: 1 }\n---\nkeys: { b: 1 }\n").told(CHECK))
        .containsExactly("kv/category.yaml:3:1 a second document starts here; one is expected");
  }

  @Test
  void aFolderOfThatNameOutsideAProjectIsSomebodyElses() throws IOException {
    assertThat(new Judged(folder).with("kv/category.yaml", "anything: [at, all]\n").told())
        .isEmpty();
  }

  private Judged project() throws IOException {
    return new Judged(folder)
        .with("platform.yaml", "name: shop\nstacks: [samples]\n")
        .with("stacks/samples/compose.yaml", "services: { category: { image: 'x:1' } }\n");
  }
}
