package dev.platformkit.check.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells which files stay on the machine, because a {@code .gitignore} names them. */
final class Unshared {
  private Unshared() {}

  /** Whether a file is named by a {@code .gitignore} in its folder or in one above it. */
  static boolean is(Path file) {
    Path name = file.getFileName();
    for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
      if (name != null && names(folder.resolve(".gitignore"), name)) {
        return true;
      }
      if (Files.exists(folder.resolve(".git"))) {
        return false;
      }
    }
    return false;
  }

  /** Patterns with folders in them are not understood: then the file counts as shared. */
  private static boolean names(Path gitignore, Path name) {
    if (!Files.isRegularFile(gitignore)) {
      return false;
    }
    try {
      return Files.readAllLines(gitignore).stream()
          .map(line -> line.strip().replaceFirst("^(\\*\\*)?/", ""))
          .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.contains("/"))
          .anyMatch(line -> FileSystems.getDefault().getPathMatcher("glob:" + line).matches(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
