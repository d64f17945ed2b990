package dev.platformkit.logkeeper;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rounds over one log file: a clock that is set, an archive that is told what it holds, files as
 * the engine writes them.
 */
abstract class RoundsFixture {
  @TempDir Path folder;
  final CollectorRegistry metrics = new CollectorRegistry();
  final Set<String> stored = new HashSet<>();
  final SetClock clock = new SetClock(EngineLog.START);
  final FakeArchive archive = new FakeArchive();
  boolean answering = true;
  Optional<LocalDate> oldestDay = Optional.empty();
  Path log;
  Path kept;
  Holdings holdings;
  Rounds rounds;

  @BeforeEach
  void begin() throws IOException {
    log = folder.resolve("containers/cart/cart-json.log");
    kept = Files.createDirectories(folder.resolve("kept"));
  }

  @AfterEach
  void close() throws IOException {
    holdings.close();
    holdings.files().forEach(holdings::release);
  }

  void start(String text) throws IOException {
    start(text, 1 << 20);
  }

  void start(String text, long most) throws IOException {
    EngineLog.append(log, text);
    holdings = new Holdings(folder.resolve("containers"), clock);
    rounds =
        new Rounds(
            tag -> tag.startsWith("demo/"),
            holdings,
            new Shelf(kept, most),
            archive,
            new KeeperMetrics(metrics),
            clock);
  }

  void delete() throws IOException {
    Files.delete(log);
    Files.delete(log.getParent());
    holdings.lookEverywhere();
  }

  void look() throws IOException {
    rounds.look();
  }

  /** Lets so much time pass, and looks. */
  void later(int seconds) throws IOException {
    clock.pass(Duration.ofSeconds(seconds));
    rounds.look();
  }

  /** These lines can be found from now on. */
  void store(String... lines) {
    storeOf("cart", lines);
  }

  /** These lines of a container can be found from now on. */
  void storeOf(String container, String... lines) {
    for (String line : lines) {
      int second = Integer.parseInt(line.substring("line ".length()));
      stored.add(DocumentId.of(container, EngineLog.parse(EngineLog.entry(line + "\\n", second))));
    }
  }

  List<String> copies() throws IOException {
    List<String> copies = new ArrayList<>();
    for (Path path : paths()) {
      copies.add(Files.readString(path));
    }
    return copies;
  }

  List<Path> paths() throws IOException {
    try (Stream<Path> files = Files.walk(kept)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  double value(String metric) {
    return metrics.getSampleValue(metric);
  }

  private final class FakeArchive implements Archive {
    @Override
    public Optional<Set<String>> known(Collection<String> ids) {
      return answering
          ? Optional.of(ids.stream().filter(stored::contains).collect(Collectors.toSet()))
          : Optional.empty();
    }

    @Override
    public Optional<LocalDate> oldestDay() {
      return oldestDay;
    }

    @Override
    public Optional<Long> refused() {
      return Optional.empty();
    }
  }
}
