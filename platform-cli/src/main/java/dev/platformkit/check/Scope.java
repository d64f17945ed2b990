package dev.platformkit.check;

import static java.util.Objects.requireNonNull;

import dev.platformkit.compose.ComposeFile;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.Project;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files that are looked at together, of which the user may have asked for some only: a scrape
 * target cannot be judged without the Compose files that name its service.
 *
 * @param root against which file names are shown
 */
record Scope(Path root, Reach reach) {
  /** How far below its root a scope reaches. */
  enum Reach {
    /** The folders that belong to a platform project by its layout. */
    PROJECT,
    /** Everything below, except what is hidden or built. */
    FOLDER,
    /** The files that lie in the root itself. */
    FLAT
  }

  private static final List<String> PROJECT_FOLDERS =
      List.of(
          "stacks",
          "alert-rules",
          "dashboards",
          "filebeat",
          "logstash",
          "kv",
          "sample-services/journeys",
          "journeys");

  /** Of a project's folders, what goes into images and configures nothing that runs. */
  private static final String IMAGES = "stacks/images";

  /** How far above a file its Compose file is looked for. */
  private static final int LEVELS = 4;

  private static final Set<String> BUILT = Set.of("target", "node_modules", "vendor", "build");

  private static final List<String> EXAMPLES = List.of(".example", ".sample", ".template", ".dist");

  Scope {
    requireNonNull(root, "root is null");
    requireNonNull(reach, "reach is null");
  }

  /** The scope of a folder for which no path was asked: its project, or else itself. */
  static Scope around(Path folder) {
    return projectRoot(folder)
        .map(root -> new Scope(root, Reach.PROJECT))
        .orElseGet(() -> new Scope(folder, Reach.FOLDER));
  }

  /** The scope in which a path is judged. */
  static Scope of(Path path) {
    boolean folder = Files.isDirectory(path);
    Path start = folder ? path : requireNonNull(path.getParent(), "a file lies in a folder");
    Optional<Path> project = projectRoot(start).filter(root -> belongs(root, path));
    if (project.isPresent()) {
      return new Scope(project.get(), Reach.PROJECT);
    }
    if (folder) {
      return new Scope(start, Reach.FOLDER);
    }
    return composeAbove(start)
        .map(root -> new Scope(root, Reach.FOLDER))
        .orElseGet(() -> new Scope(start, Reach.FLAT));
  }

  /** The folder from which Compose runs what a file below it configures. */
  private static Optional<Path> composeAbove(Path folder) {
    return Stream.iterate(folder, f -> f != null, Path::getParent)
        .limit(LEVELS)
        .filter(
            f -> ComposeFile.baseNames().stream().anyMatch(n -> Files.isRegularFile(f.resolve(n))))
        .findFirst();
  }

  private static boolean belongs(Path root, Path path) {
    return path.equals(root)
        || (root.equals(path.getParent()) && !Files.isDirectory(path))
        || (PROJECT_FOLDERS.stream().anyMatch(folder -> path.startsWith(root.resolve(folder)))
            && !path.startsWith(root.resolve(IMAGES)));
  }

  private static Optional<Path> projectRoot(Path from) {
    return Stream.iterate(from, folder -> folder != null, Path::getParent)
        .filter(folder -> Files.isRegularFile(folder.resolve(Project.FILE)))
        .findFirst();
  }

  /** Every file in reach that may be somebody's configuration, ordered. */
  List<Path> files() {
    List<Path> files = new ArrayList<>();
    try {
      switch (reach) {
        case PROJECT -> {
          flat(files);
          for (String folder : PROJECT_FOLDERS) {
            walk(root.resolve(folder), files);
          }
        }
        case FOLDER -> walk(root, files);
        case FLAT -> flat(files);
      }
    } catch (IOException e) {
      throw Problem.usage("cannot open " + e.getMessage()).causedBy(e);
    }
    return files.stream().filter(this::isConfiguration).sorted().toList();
  }

  private void flat(List<Path> files) throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      entries.filter(Files::isRegularFile).forEach(files::add);
    }
  }

  private void walk(Path start, List<Path> files) throws IOException {
    Path images = root.resolve(IMAGES);
    if (!Files.isDirectory(start)) {
      return;
    }
    Files.walkFileTree(
        start,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.equals(start) ? "" : nameOf(folder);
            boolean ofImages = reach == Reach.PROJECT && folder.equals(images);
            return name.startsWith(".") || BUILT.contains(name) || ofImages
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (Files.isRegularFile(file)) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** JSON is judged where its place says whose it is; elsewhere it may be anything. */
  private boolean isConfiguration(Path file) {
    String name = nameOf(file);
    return isYaml(name)
        || isEnv(name)
        || (name.endsWith(".json") && reach == Reach.PROJECT && !root.equals(file.getParent()));
  }

  static boolean isYaml(String name) {
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  /** An example of an env file sets nothing. */
  static boolean isEnv(String name) {
    return (name.endsWith(".env") || name.equals(".env") || name.startsWith(".env."))
        && EXAMPLES.stream().noneMatch(name::endsWith);
  }

  static String nameOf(Path path) {
    return String.valueOf(path.getFileName());
  }
}
