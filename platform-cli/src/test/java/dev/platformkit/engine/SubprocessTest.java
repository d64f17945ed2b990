package dev.platformkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.platformkit.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubprocessTest {
  @Test
  void bothStreamsAndTheExitCodeAreKept() {
    Subprocess.Output output = Subprocess.of("sh", "-c", "echo out; echo err >&2; exit 3").run();

    assertThat(output.exit()).isEqualTo(3);
    assertThat(output.out()).isEqualTo("out\n");
    assertThat(output.lastLines()).containsExactlyInAnyOrder("out", "err");
  }

  @Test
  void variablesAndFolderAreTheChilds(@TempDir Path folder) throws Exception {
    Subprocess.Output output =
        Subprocess.of("sh", "-c", "echo $GREETING; pwd -P").in(folder).with("GREETING", "hi").run();

    assertThat(output.out()).isEqualTo("hi\n" + folder.toRealPath() + "\n");
  }

  @Test
  void aProgramThatIsNotThereIsAProblem() {
    assertThatThrownBy(() -> Subprocess.of("no-such-program").run())
        .isInstanceOf(Problem.class)
        .hasMessageContaining("no-such-program");
  }

  @Test
  void anInterruptionEndsTheChild(@TempDir Path folder) {
    Path pid = folder.resolve("pid");
    AtomicReference<RuntimeException> thrown = new AtomicReference<>();
    Thread waiting =
        new Thread(
            () -> {
              try {
                Subprocess.of("sh", "-c", "echo $$ >" + pid + "; exec sleep 600").run();
              } catch (Problem e) {
                thrown.set(e);
              }
            });
    waiting.start();
    await().until(() -> Files.exists(pid) && !Files.readString(pid).isBlank());

    waiting.interrupt();

    await().until(() -> thrown.get() != null);
    assertThat(thrown.get()).hasMessageContaining("interrupted");
    await().until(() -> ProcessHandle.of(pidOf(pid)).map(p -> !p.isAlive()).orElse(true));
  }

  private static long pidOf(Path file) throws java.io.IOException {
    return Long.parseLong(Files.readString(file).strip());
  }
}
