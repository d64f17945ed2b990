package dev.platformkit.kv;

import dev.platformkit.problem.Nearest;
import dev.platformkit.problem.Problem;
import dev.platformkit.source.Node;
import dev.platformkit.source.SourceFile;
import dev.platformkit.source.Unreadable;
import dev.platformkit.source.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the key-value store has to hold, as it stands in a project's folder {@code kv}.
 *
 * @param files by service
 */
public record Desired(SortedMap<String, KvFile> files) {
  /** Where the files stand in a project. */
  public static final String FOLDER = "kv";

  public Desired {
    files = new TreeMap<>(files);
  }

  /** Every key that has to have a value, by key. */
  SortedMap<String, Setting> settings() {
    SortedMap<String, Setting> settings = new TreeMap<>();
    files.values().forEach(f -> f.settings().forEach(s -> settings.put(s.key(), s)));
    return settings;
  }

  /**
   * Reads a folder's files; none where there is no such folder.
   *
   * @param root against which file names are shown
   * @throws Problem exit 2 with file, line and column of everything that is not right
   */
  public static Desired read(Path root, Path folder) {
    SortedMap<String, KvFile> files = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    for (Path path : paths(folder)) {
      String shownAs = shown(root, path);
      try {
        SourceFile source = SourceFile.of(path, shownAs, Files.readString(path));
        KvFile file = KvFile.of(source, root(source));
        file.mistakes().forEach(mistake -> wrong.add(mistake.line()));
        files.put(file.service(), file);
      } catch (Unreadable e) {
        wrong.add(e.position() + "  " + e.getMessage());
      } catch (IOException e) {
        wrong.add(shownAs + ":1:1  cannot be read: " + e);
      }
    }
    if (!wrong.isEmpty()) {
      Problem problem =
          Problem.usage(
              wrong.size() == 1
                  ? wrong.get(0)
                  : wrong.size() + " mistakes in " + shown(root, folder));
      for (String line : wrong.size() == 1 ? List.<String>of() : wrong) {
        problem = problem.detail(line);
      }
      throw problem.detail("nothing was asked of Consul");
    }
    return new Desired(files);
  }

  /** The one document of a file. */
  private static Node root(SourceFile source) {
    String text = String.join("\n", source.lines()) + "\n";
    List<Node> documents = YamlReader.documents(text, source.shownAs());
    if (documents.size() > 1) {
      throw new Unreadable(
          documents.get(1).position(), "a second document starts here; one is expected");
    }
    return documents.isEmpty()
        ? new Node.Scalar(source.start().position(), "", true)
        : documents.get(0);
  }

  /** A path as it is shown. */
  static String shown(Path root, Path path) {
    return path.startsWith(root) ? root.relativize(path).toString() : path.toString();
  }

  private static List<Path> paths(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw Problem.usage("cannot read " + folder + ": " + e).causedBy(e);
    }
  }

  /**
   * Refuses services of which nothing is known.
   *
   * @param known by the files, and by what is stored
   * @throws Problem exit 2
   */
  static void requireKnown(List<String> services, List<String> known) {
    for (String service : services) {
      if (!known.contains(service)) {
        Problem problem =
            Problem.usage(
                "there is neither a file %s.yaml nor a key under %s%s/"
                    .formatted(service, Keys.PREFIX, service));
        throw Nearest.of(service, known)
            .map(near -> problem.detail("did you mean \"" + near + "\"?"))
            .orElse(problem);
      }
    }
  }
}
