package dev.platformkit.it;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A copy of this project that tests may alter: all its configuration, and the sources that the tags
 * of its images are made of, so that the images that are there already serve it too.
 */
final class ProjectCopy {
  private static final List<String> PARTS =
      List.of(
          "platform.yaml",
          "pom.xml",
          "stacks",
          "alert-rules",
          "dashboards",
          "filebeat",
          "logstash",
          "kv",
          "sample-services");

  private final Path root;
  private final Deque<Runnable> repairs = new ArrayDeque<>();

  /** Copies the project, over what an earlier copy there may hold. */
  ProjectCopy(Path root) {
    this.root = root;
    for (String part : PARTS) {
      delete(root.resolve(part));
      if (Files.exists(Cli.ROOT.resolve(part))) {
        copy(Cli.ROOT.resolve(part), root.resolve(part));
      }
    }
  }

  Path root() {
    return root;
  }

  /** Adds a stack as anybody would: its folder, and its name in {@code platform.yaml}. */
  void addStack(String name, Path folder) {
    copy(folder, root.resolve("stacks").resolve(name));
    rewrite("platform.yaml", text(), "samples]", "samples, " + name + "]");
  }

  /** Adds a journey: its file. */
  void addJourney(Path file) {
    copy(file, root.resolve("sample-services/journeys").resolve(file.getFileName()));
  }

  /** Replaces a text that has to be there, until {@link #restore}. */
  void edit(String file, String from, String to) {
    Path path = root.resolve(file);
    String before = read(path);
    repairs.push(() -> write(path, before));
    rewrite(file, before, from, to);
  }

  /** Puts every edited file back. */
  void restore() {
    while (!repairs.isEmpty()) {
      repairs.pop().run();
    }
  }

  private String text() {
    return read(root.resolve("platform.yaml"));
  }

  private void rewrite(String file, String before, String from, String to) {
    if (!before.contains(from)) {
      throw new AssertionError("%s does not contain \"%s\"".formatted(file, from));
    }
    write(root.resolve(file), before.replace(from, to));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) {
    try {
      Files.walkFileTree(
          from,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              // What was built there is no source, nor are tests' own files.
              return folder.endsWith("target") || folder.endsWith("src/test")
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Path target = to.resolve(from.relativize(file).toString());
              Files.createDirectories(target.getParent());
              Files.copy(file, target, COPY_ATTRIBUTES);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    try (var paths = Files.walk(path)) {
      for (Path each : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
