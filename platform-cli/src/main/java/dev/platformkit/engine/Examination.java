package dev.platformkit.engine;

import static java.util.Objects.requireNonNull;

import dev.platformkit.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everything about this machine and its engine that decides whether a platform can run.
 *
 * @param machine the machine
 * @param engine what the engine says; empty when none answers
 * @param unanswered why no engine answers; empty when one does
 * @param compose the Compose plugin's version
 * @param buildx the buildx plugin's version
 * @param freeDisk bytes free where the engine keeps its data; empty where that cannot be seen
 * @param maxMapCount the kernel's limit of memory maps; empty where it does not say
 */
public record Examination(
    Machine machine,
    Optional<EngineInfo> engine,
    Optional<Problem> unanswered,
    Optional<String> compose,
    Optional<String> buildx,
    OptionalLong freeDisk,
    OptionalLong maxMapCount) {
  private static final Path MAX_MAP_COUNT = Path.of("/proc/sys/vm/max_map_count");
  private static final Pattern VERSION = Pattern.compile("\\bv?(\\d+\\.\\d+\\.\\d+)");

  public Examination {
    requireNonNull(machine, "machine is null");
    requireNonNull(engine, "engine is null");
    requireNonNull(unanswered, "unanswered is null");
    requireNonNull(compose, "compose is null");
    requireNonNull(buildx, "buildx is null");
    requireNonNull(freeDisk, "freeDisk is null");
    requireNonNull(maxMapCount, "maxMapCount is null");
  }

  /** Looks at this machine and asks the engine that the environment names. */
  public static Examination now() {
    Optional<EngineInfo> engine = Optional.empty();
    Optional<Problem> unanswered = Optional.empty();
    try (EngineControl connected = DockerEngine.connect()) {
      engine = Optional.of(connected.info());
    } catch (Problem e) {
      unanswered = Optional.of(e);
    }
    return new Examination(
        Machine.read(),
        engine,
        unanswered,
        pluginVersion("compose"),
        pluginVersion("buildx"),
        freeDisk(engine),
        number(MAX_MAP_COUNT));
  }

  private static Optional<String> pluginVersion(String name) {
    return DockerClientTools.plugin(name)
        .map(file -> Subprocess.of(file.toString(), "version").run())
        .filter(Subprocess.Output::good)
        .flatMap(output -> version(output.out()));
  }

  static Optional<String> version(String text) {
    Matcher version = VERSION.matcher(text);
    return version.find() ? Optional.of(version.group(1)) : Optional.empty();
  }

  private static OptionalLong freeDisk(Optional<EngineInfo> engine) {
    Optional<Path> data =
        engine.filter(EngineInfo::local).map(EngineInfo::rootDirectory).filter(Files::isDirectory);
    if (data.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Files.getFileStore(data.get()).getUsableSpace());
    } catch (IOException e) {
      return OptionalLong.empty(); // told as unknown
    }
  }

  private static OptionalLong number(Path file) {
    // The kernel gives a setting to one read alone, so it has to be large enough.
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      return OptionalLong.of(Long.parseLong(reader.readLine().strip()));
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty(); // told as unknown
    }
  }
}
