package dev.platformkit.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.platformkit.engine.FakeEngine;
import dev.platformkit.engine.Volume;
import dev.platformkit.problem.ExitCode;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.ImageSource;
import dev.platformkit.project.Platform;
import dev.platformkit.project.Project;
import dev.platformkit.project.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesTest {
  @TempDir Path root;
  private final FakeEngine engine = new FakeEngine();
  private Project project;
  private Platform platform;

  @BeforeEach
  void aProject() throws IOException {
    project = ImageProject.in(root).project();
    platform = project.platform("demo");
  }

  @Test
  void officialImagesAreTakenWhereARegistryAnswers() {
    engine.whyNotInRegistry = Optional.empty();

    assertThat(choose()).isEqualTo(new ImageChoice(ImageSource.REGISTRY, "a registry answers"));
  }

  @Test
  void imagesAreBuiltWhereNoneDoes() {
    engine.whyNotInRegistry = Optional.of("no such host");

    assertThat(choose()).isEqualTo(new ImageChoice(ImageSource.LOCAL, "no image registry answers"));
  }

  @Test
  void whatWasDecidedStaysWhateverAnswersToday() {
    remember(new ImageChoice(ImageSource.LOCAL, "no image registry answers"));
    engine.whyNotInRegistry = Optional.empty();

    assertThat(choose().source()).isEqualTo(ImageSource.LOCAL);
  }

  @Test
  void theCommandsWordCounts() {
    remember(new ImageChoice(ImageSource.LOCAL, "no image registry answers"));

    assertThat(images().choose(Optional.of(ImageSource.REGISTRY), false).official()).isTrue();
  }

  @Test
  void anotherSourceOverDataIsRefusedUnlessItIsMeant() {
    remember(new ImageChoice(ImageSource.LOCAL, "no image registry answers"));
    engine.volumes.add(new Volume("demo_postgres", Map.of()));

    Problem refused =
        catchThrowableOfType(
            Problem.class, () -> images().choose(Optional.of(ImageSource.REGISTRY), false));

    assertThat(refused.exitCode()).isEqualTo(ExitCode.UNABLE);
    assertThat(refused.tries())
        .containsExactly(
            "platform down --volumes --name demo",
            "platform up --name demo --images registry --keep-data");
    assertThat(images().choose(Optional.of(ImageSource.REGISTRY), true).official()).isTrue();
  }

  @Test
  void theSameSourceOverDataIsNoChange() {
    remember(new ImageChoice(ImageSource.LOCAL, "no image registry answers"));
    engine.volumes.add(new Volume("demo_postgres", Map.of()));

    assertThat(images().choose(Optional.of(ImageSource.LOCAL), false).official()).isFalse();
  }

  private Images images() {
    return new Images(project, platform, engine, Map.of());
  }

  private ImageChoice choose() {
    return images().choose(Optional.empty(), false);
  }

  private void remember(ImageChoice choice) {
    StateFolder.open(platform);
    StateFolder.write(
        platform.state().resolve(Images.FILE),
        ImagesFile.text(choice, Map.of("NATS_IMAGE", "nats:1")));
  }
}
