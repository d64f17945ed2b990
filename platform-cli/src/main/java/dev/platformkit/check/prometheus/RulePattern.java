package dev.platformkit.check.prometheus;

import static java.util.Objects.requireNonNull;

import dev.platformkit.compose.ComposeProject.Seen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An entry of {@code rule_files}, on the host. As in Prometheus a {@code *} stands for part of one
 * name and never for a folder between.
 *
 * @param folder the deepest folder that the entry names without a wildcard
 * @param rest what follows, with its leading slash
 */
record RulePattern(Path folder, String rest) {
  RulePattern {
    requireNonNull(folder, "folder is null");
    requireNonNull(rest, "rest is null");
  }

  /** What an entry means inside a container; empty where nothing of the host is mounted there. */
  static Optional<RulePattern> in(Seen container, String entry) {
    String config = container.path();
    String absolute =
        entry.startsWith("/")
            ? entry
            : Path.of(config).resolveSibling(entry).normalize().toString();
    int split = splitAt(absolute);
    String rest = absolute.substring(split);
    return container
        .hostPath(split == 0 ? "/" : absolute.substring(0, split))
        .map(folder -> new RulePattern(folder, rest))
        .or(
            () ->
                container
                    .hostPath(absolute)
                    .map(
                        file ->
                            new RulePattern(
                                requireNonNull(file.getParent()), "/" + file.getFileName())));
  }

  /** What an entry means beside a configuration on the host. */
  static RulePattern onHost(Path folder, String entry) {
    String slashed = "/" + entry;
    int split = splitAt(slashed);
    String fixed = slashed.substring(0, split);
    Path start = fixed.isEmpty() ? folder : folder.resolve(fixed.substring(1)).normalize();
    return new RulePattern(start, slashed.substring(split));
  }

  /** Where the part begins that has a wildcard, or that is the file's name. */
  private static int splitAt(String path) {
    int wildcard = -1;
    for (int i = 0; i < path.length() && wildcard < 0; i++) {
      wildcard = "*?[".indexOf(path.charAt(i)) >= 0 ? i : -1;
    }
    return path.lastIndexOf('/', wildcard < 0 ? path.length() : wildcard);
  }

  /** Every file that it leads to. */
  List<Path> files() {
    Pattern names = Pattern.compile(asRegex(rest));
    int depth = (int) rest.chars().filter(c -> c == '/').count();
    return walk(depth).stream()
        .filter(file -> names.matcher("/" + folder.relativize(file)).matches())
        .toList();
  }

  /** The folder, below the one named, in which a file of the wanted name lies further down. */
  Optional<String> deeper() {
    Pattern name = Pattern.compile(asRegex(rest.substring(rest.lastIndexOf('/') + 1)));
    return walk(4).stream()
        .filter(file -> name.matcher(String.valueOf(file.getFileName())).matches())
        .map(file -> folder.relativize(file).getParent())
        .filter(between -> between != null)
        .map(Path::toString)
        .findFirst();
  }

  /** What lies in the folder instead, a few names of it. */
  List<String> beside() {
    return walk(1).stream().map(file -> String.valueOf(file.getFileName())).limit(3).toList();
  }

  private List<Path> walk(int depth) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String asRegex(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      int close = c == '[' ? glob.indexOf(']', i + 1) : -1;
      if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else if (close > 0) {
        regex.append('[').append(glob.substring(i + 1, close).replace("\\", "\\\\")).append(']');
        i = close;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return regex.toString();
  }
}
