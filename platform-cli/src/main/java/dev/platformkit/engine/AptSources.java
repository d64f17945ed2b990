package dev.platformkit.engine;

import static java.util.Objects.requireNonNull;

import dev.platformkit.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where this machine's apt gets packages from, out of {@code sources.list}, {@code *.list} (a line
 * per source) and {@code *.sources} (a paragraph per source). A mirror is always taken from here:
 * which one can be reached, only the machine's owner knows.
 */
public final class AptSources {
  /**
   * One source of binary packages.
   *
   * @param uri of the mirror
   * @param suites for example {@code bookworm bookworm-updates}
   * @param signedBy the file with its keys, where it names one
   */
  public record Source(
      String uri, List<String> suites, List<String> components, Optional<Path> signedBy) {
    public Source {
      requireNonNull(uri, "uri is null");
      suites = List.copyOf(suites);
      components = List.copyOf(components);
      requireNonNull(signedBy, "signedBy is null");
    }
  }

  private final List<Source> sources;

  private AptSources(List<Source> sources) {
    this.sources = List.copyOf(sources);
  }

  /**
   * Reads the sources under a folder.
   *
   * @param etcApt {@code /etc/apt}
   */
  public static AptSources read(Path etcApt) {
    List<Source> sources = new ArrayList<>();
    try {
      Path list = etcApt.resolve("sources.list");
      if (Files.isRegularFile(list)) {
        sources.addAll(lines(Files.readString(list)));
      }
      Path parts = etcApt.resolve("sources.list.d");
      if (Files.isDirectory(parts)) {
        try (Stream<Path> files = Files.list(parts)) {
          for (Path file : files.sorted().toList()) {
            if (file.toString().endsWith(".list")) {
              sources.addAll(lines(Files.readString(file)));
            } else if (file.toString().endsWith(".sources")) {
              sources.addAll(paragraphs(Files.readString(file)));
            }
          }
        }
      }
    } catch (IOException e) {
      throw Problem.unable("cannot read apt's sources under " + etcApt + ": " + e).causedBy(e);
    }
    return new AptSources(sources);
  }

  /** The first source that serves a suite's {@code main} from a mirror that can be reused. */
  public Optional<Source> serving(String suite) {
    return sources.stream()
        .filter(source -> source.suites().contains(suite))
        .filter(source -> source.components().contains("main"))
        .filter(source -> source.uri().matches("(https?|file|copy|ftp)://?.*"))
        .findFirst();
  }

  public List<Source> all() {
    return sources;
  }

  /** {@code deb [signed-by=FILE] URI SUITE COMPONENT...}. */
  static List<Source> lines(String text) {
    List<Source> found = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String rest = line.replaceFirst("#.*", "").strip();
      if (!rest.matches("deb\\s.*")) {
        continue;
      }
      rest = rest.substring(3).strip();
      Map<String, String> options = new HashMap<>();
      if (rest.startsWith("[") && rest.contains("]")) {
        for (String option : rest.substring(1, rest.indexOf(']')).strip().split("\\s+", -1)) {
          int equals = option.indexOf('=');
          if (equals > 0) {
            options.put(
                option.substring(0, equals).toLowerCase(Locale.ROOT), option.substring(equals + 1));
          }
        }
        rest = rest.substring(rest.indexOf(']') + 1).strip();
      }
      List<String> words = List.of(rest.split("\\s+"));
      if (words.size() >= 2) {
        found.add(
            new Source(
                words.get(0),
                List.of(words.get(1)),
                words.subList(2, words.size()),
                keyFile(options.get("signed-by"))));
      }
    }
    return found;
  }

  /**
   * Paragraphs of {@code Field: value}, where a line that begins with a blank continues a value.
   */
  static List<Source> paragraphs(String text) {
    List<Source> found = new ArrayList<>();
    for (String paragraph : text.split("\n\\s*\n", -1)) {
      Map<String, String> fields = fields(paragraph);
      if (!words(fields, "types").contains("deb")
          || "no".equals(fields.getOrDefault("enabled", "yes"))) {
        continue;
      }
      for (String uri : words(fields, "uris")) {
        found.add(
            new Source(
                uri,
                words(fields, "suites"),
                words(fields, "components"),
                keyFile(fields.get("signed-by"))));
      }
    }
    return found;
  }

  private static Map<String, String> fields(String paragraph) {
    Map<String, String> fields = new LinkedHashMap<>();
    String current = "";
    for (String line : paragraph.split("\n", -1)) {
      if (line.startsWith("#") || line.isBlank()) {
        continue;
      }
      if (Character.isWhitespace(line.charAt(0))) {
        fields.merge(current, line.strip(), (before, more) -> before + " " + more);
      } else if (line.indexOf(':') > 0) {
        current = line.substring(0, line.indexOf(':')).strip().toLowerCase(Locale.ROOT);
        fields.put(current, line.substring(line.indexOf(':') + 1).strip());
      }
    }
    return fields;
  }

  private static List<String> words(Map<String, String> fields, String name) {
    String value = fields.getOrDefault(name, "").strip();
    return value.isEmpty() ? List.of() : List.of(value.split("\\s+"));
  }

  /** A file; keys that stand in the source itself are no file. */
  private static Optional<Path> keyFile(String value) {
    return value != null && value.startsWith("/") && !value.contains(" ")
        ? Optional.of(Path.of(value))
        : Optional.empty();
  }
}
