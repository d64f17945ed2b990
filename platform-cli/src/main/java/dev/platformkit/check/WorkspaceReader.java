package dev.platformkit.check;

import dev.platformkit.problem.Problem;
import dev.platformkit.source.EnvFile;
import dev.platformkit.source.JsonReader;
import dev.platformkit.source.Node;
import dev.platformkit.source.Position;
import dev.platformkit.source.SourceFile;
import dev.platformkit.source.Spot;
import dev.platformkit.source.Unreadable;
import dev.platformkit.source.YamlReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds and reads the files that are to be judged. */
public final class WorkspaceReader {
  private final Scope scope;
  private final String prefix;
  private final List<Document> documents = new ArrayList<>();
  private final List<EnvDocument> envFiles = new ArrayList<>();
  private final List<Broken> broken = new ArrayList<>();
  private final Set<String> asked = new LinkedHashSet<>();

  private WorkspaceReader(Scope scope, String prefix) {
    this.scope = scope;
    this.prefix = prefix;
  }

  /**
   * Reads what a user wants judged.
   *
   * @param directory the project's folder or one inside it, or any other folder
   * @param paths files and folders, relative ones below the directory; empty for all of the project
   * @return one workspace for each set of files that are judged together
   * @throws Problem exit 2 for a path that cannot be opened
   */
  public static List<Workspace> read(Path directory, List<Path> paths) {
    Path start = existing(directory);
    if (paths.isEmpty()) {
      return List.of(new WorkspaceReader(Scope.around(start), "").read(List.of()));
    }
    Map<Scope, List<Path>> byScope = new LinkedHashMap<>();
    for (Path path : paths) {
      Path absolute = existing(directory.resolve(path));
      byScope.computeIfAbsent(Scope.of(absolute), scope -> new ArrayList<>()).add(absolute);
    }
    List<Workspace> workspaces = new ArrayList<>();
    byScope.forEach(
        (scope, wanted) -> {
          String prefix = byScope.size() == 1 ? "" : shown(start, scope.root());
          workspaces.add(new WorkspaceReader(scope, prefix).read(wanted));
        });
    return List.copyOf(workspaces);
  }

  private static Path existing(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    if (!Files.exists(absolute)) {
      throw Problem.usage("cannot open " + path + ": there is no such file or folder");
    }
    if (!Files.isReadable(absolute)) {
      throw Problem.usage("cannot open " + path + ": not allowed to read it");
    }
    return absolute;
  }

  private static String shown(Path start, Path root) {
    Path relative = root.startsWith(start) ? start.relativize(root) : root;
    return relative.toString().isEmpty() ? "" : relative + "/";
  }

  private Workspace read(List<Path> wanted) {
    Set<Path> files = new LinkedHashSet<>(scope.files());
    wanted.stream().filter(Files::isRegularFile).forEach(files::add);
    for (Path file : files) {
      String shownAs = prefix + scope.root().relativize(file);
      if (wanted.isEmpty() || wanted.stream().anyMatch(file::startsWith)) {
        asked.add(shownAs);
      }
      read(file, shownAs);
    }
    return new Workspace(
        scope.root(),
        documents,
        envFiles,
        broken,
        new ComposeGrouping(scope, documents, envFiles).projects(),
        asked);
  }

  private void read(Path file, String shownAs) {
    String name = Scope.nameOf(file);
    try {
      SourceFile source = SourceFile.of(file, shownAs, Files.readString(file));
      if (Scope.isEnv(name)) {
        envFiles.add(new EnvDocument(source, EnvFile.wellFormed(source.lines(), shownAs)));
        return;
      }
      parse(source, name);
    } catch (CharacterCodingException e) {
      broken(SourceFile.of(file, shownAs, ""), "not UTF-8 text");
    } catch (IOException e) {
      broken(SourceFile.of(file, shownAs, ""), "cannot be read: " + e);
    }
  }

  private void parse(SourceFile source, String name) {
    String text = String.join("\n", source.lines()) + "\n";
    try {
      List<Node> roots =
          name.endsWith(".json")
              ? List.of(JsonReader.parse(text, source.shownAs()))
              : YamlReader.documents(text, source.shownAs());
      for (Node root : roots) {
        documents.add(new Document(source, Kind.of(name, root), root));
      }
    } catch (Unreadable e) {
      broken.add(new Broken(source, new Spot(within(source, e.position()), 1), e.getMessage()));
    }
  }

  /** A file that ends too early is told at its last line. */
  private static Position within(SourceFile source, Position position) {
    int line = Math.min(position.line(), Math.max(1, source.lines().size()));
    int column = line == position.line() ? position.column() : source.line(line).length();
    return new Position(position.file(), line, Math.max(1, column));
  }

  private void broken(SourceFile source, String reason) {
    broken.add(new Broken(source, source.start(), reason));
  }
}
