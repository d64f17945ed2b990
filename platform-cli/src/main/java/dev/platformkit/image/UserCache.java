package dev.platformkit.image;

import dev.platformkit.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where we keep what belongs to a user of this machine and to no project. */
final class UserCache {
  private UserCache() {}

  /** {@code $XDG_CACHE_HOME/platformkit}, or {@code ~/.cache/platformkit}; exists on return. */
  static Path folder(Map<String, String> environment) {
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path folder =
        (cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache))
            .resolve("platformkit");
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw Problem.unable("cannot create " + folder + ": " + e).causedBy(e);
    }
  }
}
