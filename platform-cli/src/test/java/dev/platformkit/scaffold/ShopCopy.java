package dev.platformkit.scaffold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.project.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What of this repository a new service is entered in, or could meet, in a folder of its own. */
final class ShopCopy {
  private static final Path REPOSITORY = Path.of("..");
  private static final List<String> PARTS =
      List.of(
          "platform.yaml",
          "pom.xml",
          "alert-rules/services",
          "dashboards/services",
          "kv",
          "sample-services/greeter",
          "sample-services/journeys",
          "sample-services/pom.xml",
          "sample-services/proto/src",
          "stacks");

  private final Path root;

  ShopCopy(Path root) {
    this.root = root;
    PARTS.forEach(part -> copy(REPOSITORY.resolve(part), root.resolve(part)));
  }

  Path root() {
    return root;
  }

  Project project() {
    return Project.find(root);
  }

  /** Takes greeter out, as somebody would by hand who never saw how it got in. */
  ShopCopy withoutGreeter() {
    ShopFiles.of(new ServiceName("greeter")).forEach(own -> delete(own.file()));
    cut("sample-services/pom.xml", "    <module>greeter</module>\n");
    cut("stacks/images.local.env", "GREETER_IMAGE=.*\n");
    cut("stacks/samples/compose.yaml", "  greeter:\n(?: {4}.*\n)+");
    cut("stacks/samples/prometheus/jobs.yaml", "  - job_name: greeter\n(?: {4}.*\n)+");
    return this;
  }

  /** Writes a service, and says which files that took. */
  List<FileChange> with(String name) {
    NewService service = NewService.of(project(), name);
    Writing.write(root, service.changes());
    return service.changes();
  }

  String text(String file) {
    try {
      return Files.readString(root.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(String file, String text) {
    try {
      Files.createDirectories(root.resolve(file).getParent());
      Files.writeString(root.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every file, by its path. */
  SortedMap<String, String> files() {
    SortedMap<String, String> files = new TreeMap<>();
    try (var paths = Files.walk(root)) {
      paths
          .filter(Files::isRegularFile)
          .map(path -> root.relativize(path).toString())
          .forEach(file -> files.put(file, text(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** Removes lines, and one of two empty lines that would be left between two entries. */
  private void cut(String file, String lines) {
    String text = text(file);
    Matcher matcher = Pattern.compile("(?m)^" + lines).matcher(text);
    assertThat(matcher.find()).as(lines + " in " + file).isTrue();
    String before = text.substring(0, matcher.start());
    String after = text.substring(matcher.end());
    boolean emptyBefore = before.endsWith("\n\n");
    boolean anotherFollows = after.startsWith("\n  ");
    write(file, before + (emptyBefore || anotherFollows ? after.replaceFirst("^\n", "") : after));
  }

  private void delete(String file) {
    try {
      Files.delete(root.resolve(file));
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
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                throws IOException {
              if (folder.endsWith("target")) {
                return FileVisitResult.SKIP_SUBTREE;
              }
              Files.createDirectories(to.resolve(from.relativize(folder).toString()));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Path target = to.resolve(from.relativize(file).toString());
              Files.createDirectories(target.getParent());
              Files.copy(file, target);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
