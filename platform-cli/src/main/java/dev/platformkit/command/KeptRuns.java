package dev.platformkit.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.platformkit.problem.Nearest;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.Platform;
import dev.platformkit.project.StateFolder;
import dev.platformkit.report.VerifyJson;
import dev.platformkit.report.VerifyJsonReader;
import dev.platformkit.verify.Evidence;
import dev.platformkit.verify.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The runs of verify whose evidence is kept, {@code .platform/<name>/verify/<run>.json}. */
final class KeptRuns {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String END = ".json";
  private static final int SHOWN = 5;

  private final Platform platform;

  KeptRuns(Platform platform) {
    this.platform = requireNonNull(platform, "platform is null");
  }

  /** A run, and the file that holds it. */
  record Kept(Evidence evidence, Path file) {}

  private record Named(String name, Instant started, Path file) {}

  /** Keeps a run. */
  void keep(Evidence evidence) {
    Path file = file(evidence);
    try {
      StateFolder.ignored(platform.state().getParent());
      Files.createDirectories(file.getParent());
      Files.writeString(file, VerifyJson.of(evidence));
    } catch (IOException e) {
      throw Problem.usage("cannot write " + file + ": " + e).causedBy(e);
    }
  }

  /** Lets a run go that another one like it has made superfluous. */
  void forget(Evidence evidence) {
    Path file = file(evidence);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw Problem.usage("cannot delete " + file + ": " + e).causedBy(e);
    }
  }

  /** Where a run is kept, relative to the project. */
  String shown(Evidence evidence) {
    return shown(file(evidence));
  }

  /** How to see more of a run that is not good; empty for one that is. */
  String hint(Evidence evidence) {
    if (evidence.verdict() != Verdict.FAIL && evidence.verdict() != Verdict.INCONCLUSIVE) {
      return "";
    }
    String run = evidence.nonce();
    return "  page: %s\n"
        .formatted(
            platform.command(
                "verify --report %s -o html --output-file %s.html".formatted(run, run)));
  }

  /**
   * A run.
   *
   * @param name {@code last}, {@code previous}, the run's name or a beginning that no other has, or
   *     a file
   * @throws Problem exit 2 where there is no such run
   */
  Kept named(String name) {
    Path file = find(name);
    try {
      return new Kept(VerifyJsonReader.read(Files.readString(file), file.toString()), file);
    } catch (IOException e) {
      throw Problem.usage("cannot read " + file + ": " + e).causedBy(e);
    }
  }

  /** A file as the user would name it: relative to the project where it stands in it. */
  String shown(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path root = platform.root();
    return (absolute.startsWith(root) ? root.relativize(absolute) : file).toString();
  }

  private Path find(String name) {
    if (name.endsWith(END) || name.contains("/")) {
      Path file = Path.of(name);
      if (!Files.isRegularFile(file)) {
        throw Problem.usage("there is no file " + name);
      }
      return file;
    }
    List<Named> kept = kept();
    if (kept.isEmpty()) {
      throw Problem.usage("no run of verify on " + platform.name() + " is kept")
          .tryCommand(platform.command("verify"));
    }
    if (name.equals("last")) {
      return kept.get(0).file();
    }
    if (name.equals("previous") && kept.size() > 1) {
      return kept.get(1).file();
    }
    List<Named> begin =
        name.isEmpty() ? List.of() : kept.stream().filter(k -> k.name().startsWith(name)).toList();
    Optional<Named> exactly = begin.stream().filter(k -> k.name().equals(name)).findFirst();
    if (exactly.isEmpty() && begin.size() != 1) {
      throw unknown(name, begin.isEmpty() ? kept : begin, begin.size());
    }
    return exactly.orElse(begin.get(0)).file();
  }

  private static Problem unknown(String name, List<Named> kept, int begin) {
    List<String> names = kept.stream().map(Named::name).toList();
    Problem problem =
        Problem.usage(
            begin > 1
                ? "%d runs begin with \"%s\"".formatted(begin, name)
                : "there is no run \"%s\"".formatted(name));
    Stream<String> words = Stream.concat(Stream.of("last", "previous"), names.stream());
    Optional<String> near = begin > 1 ? Optional.empty() : Nearest.of(name, words.toList());
    String most = kept.size() > SHOWN ? ", and %d more".formatted(kept.size() - SHOWN) : "";
    return near.map(n -> problem.detail("did you mean \"" + n + "\"?"))
        .orElse(problem)
        .detail(
            "there is: last, " + String.join(", ", names.stream().limit(SHOWN).toList()) + most);
  }

  /** The latest first. */
  private List<Named> kept() {
    Path folder = folder();
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Named> kept = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(END)).toList()) {
        String name = file.getFileName().toString();
        started(file)
            .ifPresent(
                at ->
                    kept.add(new Named(name.substring(0, name.length() - END.length()), at, file)));
      }
    } catch (IOException e) {
      throw Problem.usage("cannot read " + folder + ": " + e).causedBy(e);
    }
    kept.sort(Comparator.comparing(Named::started).reversed());
    return kept;
  }

  /** When a run started, which stands near the beginning; empty where the file holds no run. */
  private static Optional<Instant> started(Path file) throws IOException {
    try (JsonParser json = JSON.createParser(Files.newBufferedReader(file, UTF_8))) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        if (json.nextToken() == JsonToken.VALUE_STRING && json.currentName().equals("started")) {
          return Optional.of(Instant.parse(json.getText()));
        }
        json.skipChildren();
      }
      return Optional.empty();
    } catch (com.fasterxml.jackson.core.JsonProcessingException | DateTimeException e) {
      return Optional.empty(); // a run that was cut off while it was written, or no run at all
    }
  }

  private Path folder() {
    return platform.state().resolve("verify");
  }

  private Path file(Evidence evidence) {
    return folder().resolve(evidence.nonce() + END);
  }
}
