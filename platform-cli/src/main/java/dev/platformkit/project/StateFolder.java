package dev.platformkit.project;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.platformkit.problem.Problem;
import dev.platformkit.source.EnvFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The folder of what is generated for a platform, {@code .platform/<name>}, once it exists. It has
 * an id of its own: volumes carry it, so that nobody puts one folder's secrets over data that
 * another's encrypted or guards.
 */
public final class StateFolder {
  private static final String STATE_ID = "PLATFORM_STATE_ID";
  private static final String FILE = "platform.env";
  private static final Set<String> KEPT = Set.of("verify", "logs", "lock");

  private final Platform platform;
  private final String id;

  private StateFolder(Platform platform, String id) {
    this.platform = platform;
    this.id = id;
  }

  /** Opens the folder of a platform, creating it and its id when it is new. */
  public static StateFolder open(Platform platform) {
    Path state = platform.state();
    create(state);
    ignored(state.getParent());
    String id = idOf(platform).orElseGet(StateFolder::newId);
    StateFolder folder = new StateFolder(platform, id);
    folder.set(
        Map.of("PLATFORM_NAME", platform.name(), "PLATFORM_STATE", state.toString(), STATE_ID, id));
    return folder;
  }

  /** The folder of all of a project's generated files, which version control ignores. */
  public static Path ignored(Path folder) {
    create(folder);
    write(folder.resolve(".gitignore"), "*\n");
    return folder;
  }

  private static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw Problem.usage("cannot create " + folder + ": " + e).causedBy(e);
    }
  }

  /** Sets variables that Compose files may use; others that were set stay. */
  public void set(Map<String, String> variables) {
    Path file = platform.state().resolve(FILE);
    Map<String, String> all = new TreeMap<>(EnvFile.read(file, FILE).values());
    all.putAll(variables);
    StringBuilder text = new StringBuilder();
    all.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    write(file, text.toString());
  }

  /** The id of a platform's folder, without creating one. */
  public static Optional<String> idOf(Platform platform) {
    return Optional.ofNullable(
            EnvFile.read(platform.state().resolve(FILE), FILE).values().get(STATE_ID))
        .filter(id -> !id.isBlank());
  }

  /**
   * Deletes what belongs to data that is gone: secrets, id, ports, the assembled files. Evidence,
   * build logs and the lock stay.
   */
  public static void forget(Platform platform) {
    Path state = platform.state();
    if (!Files.isDirectory(state)) {
      return;
    }
    try (Stream<Path> entries = Files.list(state)) {
      for (Path entry : entries.filter(e -> !KEPT.contains(e.getFileName().toString())).toList()) {
        delete(entry);
      }
    } catch (IOException e) {
      throw Problem.usage("cannot clear " + state + ": " + e).causedBy(e);
    }
  }

  private static void delete(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> entries = Files.list(path)) {
        for (Path entry : entries.toList()) {
          delete(entry);
        }
      }
    }
    Files.delete(path);
  }

  public Platform platform() {
    return platform;
  }

  /** What the labels of this folder's volumes say. */
  public String id() {
    return id;
  }

  /**
   * Replaces a file's content at once, so that no reader sees half of it, and only when it differs,
   * so that what did not change keeps its time.
   *
   * @return whether it differed
   */
  public static boolean write(Path file, String content) {
    byte[] bytes = content.getBytes(UTF_8);
    try {
      if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
        return false;
      }
      Path fresh = Files.createTempFile(file.getParent(), ".", ".new");
      Files.write(fresh, bytes);
      Files.setPosixFilePermissions(
          fresh, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (IOException e) {
      throw Problem.usage("cannot write " + file + ": " + e).causedBy(e);
    }
  }

  private static String newId() {
    byte[] id = new byte[8];
    new SecureRandom().nextBytes(id);
    return HexFormat.of().formatHex(id);
  }
}
