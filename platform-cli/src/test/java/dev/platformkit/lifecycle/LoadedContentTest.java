package dev.platformkit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.engine.Container;
import dev.platformkit.engine.Container.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadedContentTest {
  private static final String MOUNTED = "stacks/data/nats.conf";
  private static final String DEFINITION = "stacks/data/compose.yaml";

  @TempDir Path root;
  private final Container nats = FakeEngine.container("nats", State.RUNNING);
  private Shop shop;

  @BeforeEach
  void aShop() {
    shop = new Shop(root);
    shop.assembly().write();
  }

  @Test
  void everyFileNamesWhoReadsIt() {
    assertThat(now().readers())
        .containsEntry(MOUNTED, Set.of("nats"))
        .containsEntry(DEFINITION, Set.of("nats", "seed"));
  }

  @Test
  void whatWasReadAsItIsIsNotStale() {
    now().remember(List.of(nats));

    assertThat(now().stale(MOUNTED, nats)).isEmpty();
    assertThat(now().stale(DEFINITION, nats)).isEmpty();
  }

  @Test
  void aMountedFileOrADefinitionThatChangedIsStale() {
    now().remember(List.of(nats));
    shop.write(MOUNTED, "a: 2\n");

    assertThat(now().stale(MOUNTED, nats).orElseThrow()).contains("as it was before");
    assertThat(now().stale(DEFINITION, nats)).isEmpty();

    shop.write(DEFINITION, "services: { nats: { image: other, volumes: ['./nats.conf:/n'] } }\n");

    assertThat(now().stale(DEFINITION, nats)).isPresent();
  }

  @Test
  void aContainerThatWasStartedAnewHasReadItsFilesAnew() {
    now().remember(List.of(nats));
    shop.write(MOUNTED, "a: 2\n");

    assertThat(now().stale(MOUNTED, FakeEngine.startedAt(nats, Instant.now()))).isEmpty();
  }

  @Test
  void ofWhatSomebodyElseStartedTheFilesTimeDecides() throws IOException {
    assertThat(now().stale(MOUNTED, nats)).isEmpty();

    Files.setLastModifiedTime(root.resolve(MOUNTED), FileTime.from(Instant.now()));

    assertThat(now().stale(MOUNTED, nats).orElseThrow()).contains("the file was changed");
  }

  @Test
  void testsOfRulesAreReadByNobody() {
    shop.write(
        DEFINITION,
        "services: { prometheus: { image: p, volumes: ['./rules:/etc/alert-rules:ro'] } }\n");
    shop.write("stacks/data/rules/a.rules.yaml", "groups: []\n");
    shop.write("stacks/data/rules/a.test.yaml", "tests: []\n");

    assertThat(now().readers().keySet())
        .contains("stacks/data/rules/a.rules.yaml")
        .doesNotContain("stacks/data/rules/a.test.yaml");
  }

  private LoadedContent now() {
    return new LoadedContent(shop.assembly("data"), shop.assembly("data").variables(Map.of()));
  }
}
