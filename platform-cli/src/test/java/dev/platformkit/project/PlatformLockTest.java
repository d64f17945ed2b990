package dev.platformkit.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.problem.ExitCode;
import dev.platformkit.problem.Problem;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformLockTest {
  @TempDir Path root;
  private Platform platform;

  @BeforeEach
  void aPlatform() {
    platform = new Platform(root, "demo");
  }

  @Test
  void theSecondIsToldWhoHoldsIt() {
    try (PlatformLock held = PlatformLock.take(platform, "platform up")) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> PlatformLock.take(platform, "platform down"))
          .hasMessage("demo is in the hands of platform up")
          .isInstanceOfSatisfying(
              Problem.class,
              p -> {
                assertThat(p.exitCode()).isEqualTo(ExitCode.UNABLE);
                assertThat(p.details())
                    .anyMatch(
                        d -> d.startsWith("pid " + ProcessHandle.current().pid() + ", since"));
              });
    }
  }

  @Test
  void whatWasGivenBackCanBeTakenAgainAndNamesNobody() {
    PlatformLock.take(platform, "platform up").close();

    assertThat(platform.state().resolve("lock")).isEmptyFile();
    PlatformLock.take(platform, "platform down").close();
  }

  @Test
  void anotherPlatformHasALockOfItsOwn() {
    try (PlatformLock one = PlatformLock.take(platform, "platform up");
        PlatformLock two = PlatformLock.take(new Platform(root, "second"), "platform up")) {
      assertThat(one).isNotSameAs(two);
    }
  }
}
