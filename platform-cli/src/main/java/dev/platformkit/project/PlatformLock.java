package dev.platformkit.project;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.platformkit.problem.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Held by whoever changes a platform or judges it, so that they do not run into each other. It is
 * the kernel's lock on the file {@code .platform/<name>/lock} and ends with the process that holds
 * it, however that ends; the file's one line only says who that is:
 *
 * <pre>
 * {"pid":4121,"command":"platform up","since":"2026-01-01T12:00:00Z"}
 * </pre>
 */
public final class PlatformLock implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FileChannel channel;

  private PlatformLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock of a platform.
   *
   * @param command what it is taken for, as the user typed it: {@code platform up}
   * @throws Problem exit 3, naming the holder, when it is held
   */
  public static PlatformLock take(Platform platform, String command) {
    Path file = StateFolder.open(platform).platform().state().resolve("lock");
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw held(platform, Files.readString(file));
      }
      channel.truncate(0);
      channel.write(UTF_8.encode(line(command)));
      channel.force(false);
      return new PlatformLock(channel);
    } catch (IOException e) {
      throw Problem.usage("cannot lock " + file + ": " + e).causedBy(e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // held by another thread of this very process
    }
  }

  private static String line(String command) {
    return JSON.createObjectNode()
            .put("pid", ProcessHandle.current().pid())
            .put("command", command)
            .put("since", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
        + "\n";
  }

  private static Problem held(Platform platform, String line) {
    JsonNode holder = holder(line);
    String who = holder.path("command").asText("another command");
    Problem problem =
        Problem.unable(platform.name() + " is in the hands of " + who)
            .detail("nothing was changed");
    return holder.has("pid")
        ? problem.detail(
            "pid " + holder.path("pid").asLong() + ", since " + holder.path("since").asText())
        : problem;
  }

  private static JsonNode holder(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      return JSON.createObjectNode(); // read while it was being written: held, but not by whom
    }
  }

  /** Gives the lock back. */
  @Override
  public void close() {
    try (channel) {
      channel.truncate(0);
    } catch (IOException e) {
      throw Problem.unable("cannot release the lock: " + e).causedBy(e);
    }
  }
}
