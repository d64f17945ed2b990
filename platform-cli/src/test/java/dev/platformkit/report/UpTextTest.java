package dev.platformkit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.backend.ConsulKv;
import dev.platformkit.engine.Container;
import dev.platformkit.engine.Container.Health;
import dev.platformkit.engine.Container.State;
import dev.platformkit.kv.Change;
import dev.platformkit.kv.Change.Kind;
import dev.platformkit.kv.KvDiff;
import dev.platformkit.kv.Setting;
import dev.platformkit.lifecycle.Up;
import dev.platformkit.project.ImageSource;
import dev.platformkit.project.Project;
import dev.platformkit.source.Node;
import dev.platformkit.source.Position;
import dev.platformkit.stack.Assembly;
import dev.platformkit.stack.Stack;
import dev.platformkit.terminal.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpTextTest {
  @TempDir Path root;
  private Assembly assembly;

  @BeforeEach
  void aProject() throws IOException {
    Path file = root.resolve("stacks/data/compose.yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        services:
          consul:
            image: c
            x-platform: { open: { http: 8500, path: /ui } }
          nats: { image: n }
          grafana: { image: g, profiles: [official] }
        """);
    Project project = new Project(root, "demo", List.of("data"), ImageSource.LOCAL);
    assembly =
        new Assembly(project, project.platform("demo"), Stack.choose(project, List.of()), false);
  }

  @Test
  void aPlatformThatCameUpSaysHowLongItTookAndWhereToLook() {
    assertThat(text(List.of("consul", "nats"), Map.of(), Optional.of(1900L << 20)))
        .isEqualTo(
            """
            ✓ demo is up in 48 s: 2 ready, 1 left out, 1.9 GiB

              consul  http://127.0.0.1:20001/ui
              next: platform verify
            """);
  }

  @Test
  void aPlatformThatWasUpSaysThatNothingHadToBeDone() {
    assertThat(text(List.of(), Map.of(), Optional.empty()))
        .startsWith("✓ demo is up, nothing had to be done: 2 ready, 1 left out\n");
  }

  @Test
  void whatWasRestartedForAFileIsNamedWithIt() {
    assertThat(text(List.of("nats"), Map.of("nats", "stacks/data/nats.conf"), Optional.empty()))
        .startsWith(
            """
              nats was restarted: it mounts stacks/data/nats.conf, which changed
            ✓ demo is up in 48 s: 2 ready (1 of them started now), 1 left out
            """);
  }

  @Test
  void whatConsulWasGivenIsToldAndWhatItHoldsOtherwise() {
    Position position = new Position("kv/cart.yaml", 2, 3);
    Setting setting =
        new Setting(position, "config/cart/size", "2", new Node.Scalar(position, "2", false));
    ConsulKv.Entry other = new ConsulKv.Entry("config/cart/size", Optional.of("3"), 0, 7);
    KvDiff diff =
        new KvDiff(
            List.of(
                new Change(Kind.ADD, "config/cart/word", Optional.empty(), Optional.of(setting)),
                new Change(
                    Kind.CHANGE, "config/cart/size", Optional.of(other), Optional.of(setting))),
            List.of(),
            2);

    assertThat(text(List.of("nats"), Map.of(), List.of(diff), Optional.empty()))
        .startsWith(
            """
              consul was given 1 key that kv/ names
              consul holds something else than kv/ says under 1 key: platform kv diff
            ✓ demo is up in 48 s""");
  }

  private String text(List<String> started, Map<String, String> restarted, Optional<Long> memory) {
    return text(started, restarted, List.of(), memory);
  }

  private String text(
      List<String> started,
      Map<String, String> restarted,
      List<KvDiff> configured,
      Optional<Long> memory) {
    Up.Outcome outcome =
        new Up.Outcome(
            Duration.ofSeconds(9),
            2,
            started,
            restarted,
            Map.of(),
            memory,
            List.of(container("consul")));
    return new UpText(
            new Console(
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()),
                false,
                false,
                false,
                true,
                120))
        .of(assembly, outcome, configured, Duration.ofSeconds(48), Optional.of("verify"));
  }

  private static Container container(String service) {
    return new Container(
        service,
        "demo-" + service + "-1",
        "demo",
        service,
        1,
        "i",
        "sha256:1",
        State.RUNNING,
        Health.NONE,
        0,
        false,
        0,
        Optional.empty(),
        Optional.empty(),
        Map.of(8500, 20_001),
        Map.of(),
        Set.of());
  }
}
