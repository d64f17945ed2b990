package dev.platformkit.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Why a check is there, and files that it finds fault with beside the same files put right. Lies
 * among the resources, in the folder named after the check's id; the check's test, {@code platform
 * explain} and its page in the manual all read it from here.
 *
 * @param why in Markdown
 * @param bad text by path
 * @param good text by path; differs from bad only by the fix
 */
public record Example(String why, SortedMap<String, String> bad, SortedMap<String, String> good) {
  public Example {
    requireNonNull(why, "why is null");
    bad = new TreeMap<>(bad);
    good = new TreeMap<>(good);
  }

  public static Example of(Check check) {
    URL folder = Example.class.getResource(check.id());
    if (folder == null) {
      throw new IllegalStateException("no resources for " + check.id());
    }
    try {
      URI uri = folder.toURI();
      if (!"jar".equals(uri.getScheme())) {
        return read(Path.of(uri), check);
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return read(jar.provider().getPath(uri), check);
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Example read(Path folder, Check check) throws IOException {
    return new Example(why(check), texts(folder.resolve("bad")), texts(folder.resolve("good")));
  }

  private static String why(Check check) throws IOException {
    try (InputStream why = Example.class.getResourceAsStream(check.id() + "/why.md")) {
      return new String(requireNonNull(why, check.id() + " has no why.md").readAllBytes(), UTF_8);
    }
  }

  private static SortedMap<String, String> texts(Path folder) throws IOException {
    SortedMap<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return texts;
  }

  /** Writes the bad files into a folder. */
  public void writeBad(Path folder) {
    write(bad, folder);
  }

  /** Writes the good files into a folder. */
  public void writeGood(Path folder) {
    write(good, folder);
  }

  private static void write(SortedMap<String, String> texts, Path folder) {
    texts.forEach(
        (name, text) -> {
          Path file = folder.resolve(name);
          try {
            Files.createDirectories(requireNonNull(file.getParent(), "below the folder"));
            Files.writeString(file, text);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** What has to be changed to come from bad to good, by file, in the form of {@code diff}. */
  public SortedMap<String, String> changes() {
    SortedMap<String, String> changes = new TreeMap<>();
    Stream.concat(bad.keySet().stream(), good.keySet().stream())
        .distinct()
        .filter(name -> !bad.getOrDefault(name, "").equals(good.getOrDefault(name, "")))
        .forEach(
            name ->
                changes.put(
                    name,
                    LineChanges.between(bad.getOrDefault(name, ""), good.getOrDefault(name, ""))));
    return changes;
  }
}
