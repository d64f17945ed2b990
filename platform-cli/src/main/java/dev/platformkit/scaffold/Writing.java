package dev.platformkit.scaffold;

import static java.util.Objects.requireNonNull;

import dev.platformkit.problem.Problem;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Puts changes on disk, all of them or none. */
public final class Writing {
  private final Path root;
  private final Deque<Undo> undoing = new ArrayDeque<>();

  private Writing(Path root) {
    this.root = root;
  }

  /** Takes back what was written. */
  private interface Undo {
    void run() throws IOException;
  }

  /**
   * Writes changes below a folder.
   *
   * @throws Problem exit 2 where one cannot be written, or a file was made or changed meanwhile;
   *     the others are then as they were
   */
  public static void write(Path root, List<FileChange> changes) {
    Writing writing = new Writing(root);
    for (FileChange change : changes) {
      try {
        writing.write(change);
      } catch (IOException e) {
        Problem problem = Problem.usage("cannot write " + change.file() + ": " + e).causedBy(e);
        List<String> left = writing.undo();
        if (left.isEmpty()) {
          throw problem.detail("everything is as it was");
        }
        throw problem.detail("not taken back: " + String.join(", ", left));
      }
    }
  }

  private void write(FileChange change) throws IOException {
    Path file = root.resolve(change.file());
    Path folder = requireNonNull(file.getParent(), "below the project");
    makeFolders(folder);
    if (change.isNew()) {
      create(file, change.text());
    } else {
      replace(file, change);
    }
  }

  private void create(Path file, String text) throws IOException {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw e; // somebody else's, which is not ours to take back
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
    undoing.push(() -> Files.delete(file));
  }

  private void replace(Path file, FileChange change) throws IOException {
    String before = change.before().orElseThrow();
    if (!Files.readString(file).equals(before)) {
      throw new IOException("somebody else changed it meanwhile");
    }
    put(file, change.text());
    undoing.push(() -> put(file, before));
  }

  /** In one step, so that nobody reads half a file. */
  private static void put(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
    try {
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private void makeFolders(Path folder) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path each = folder; !Files.exists(each); each = each.getParent()) {
      missing.push(each);
    }
    for (Path each : missing) {
      Files.createDirectory(each);
      undoing.push(() -> Files.delete(each));
    }
  }

  /** The latest first; says what could not be taken back. */
  private List<String> undo() {
    List<String> left = new ArrayList<>();
    while (!undoing.isEmpty()) {
      try {
        undoing.pop().run();
      } catch (IOException e) {
        left.add(e.getMessage());
      }
    }
    return left;
  }
}
