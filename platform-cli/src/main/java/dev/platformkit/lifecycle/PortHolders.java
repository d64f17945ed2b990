package dev.platformkit.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.platformkit.problem.Problem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the process that listens on a port, as the kernel tells it: {@code /proc/net/tcp} has the
 * socket's inode, and {@code /proc/PID/fd} says who has that open.
 */
final class PortHolders {
  private static final String LISTEN = "0A";
  private static final int STATE = 3;
  private static final int INODE = 9;

  private final Path proc;

  /**
   * A process.
   *
   * @param command its command line
   */
  record Holder(long pid, String command) {
    private static final int SHOWN = 80;

    Holder {
      requireNonNull(command, "command is null");
    }

    @Override
    public String toString() {
      String shown = command.length() > SHOWN ? command.substring(0, SHOWN) + "…" : command;
      return "pid " + pid + " (" + shown + ")";
    }
  }

  PortHolders() {
    this(Path.of("/proc"));
  }

  PortHolders(Path proc) {
    this.proc = proc;
  }

  /** The process that listens; empty when none does, or when it is not ours to see. */
  Optional<Holder> of(int port) {
    try {
      Set<String> sockets = new HashSet<>();
      for (String table : List.of("net/tcp", "net/tcp6")) {
        sockets.addAll(listening(proc.resolve(table), port));
      }
      return sockets.isEmpty() ? Optional.empty() : holder(sockets);
    } catch (IOException e) {
      throw Problem.unable("cannot read " + proc + ": " + e).causedBy(e);
    }
  }

  private static Set<String> listening(Path table, int port) throws IOException {
    Set<String> sockets = new HashSet<>();
    if (!Files.isReadable(table)) {
      return sockets;
    }
    String suffix = String.format(":%04X", port);
    for (String line : Files.readAllLines(table)) {
      List<String> fields = List.of(line.strip().split("\\s+"));
      if (fields.size() > INODE
          && fields.get(STATE).equals(LISTEN)
          && fields.get(1).endsWith(suffix)) {
        sockets.add("socket:[" + fields.get(INODE) + "]");
      }
    }
    return sockets;
  }

  private Optional<Holder> holder(Set<String> sockets) throws IOException {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        if (holds(process, sockets)) {
          return Optional.of(
              new Holder(Long.parseLong(process.getFileName().toString()), command(process)));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean holds(Path process, Set<String> sockets) {
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        if (Files.isSymbolicLink(descriptor)
            && sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
          return true;
        }
      }
      return false;
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      return false; // another user's process, or one that has just ended
    }
  }

  private static String command(Path process) {
    try {
      return new String(Files.readAllBytes(process.resolve("cmdline")), UTF_8)
          .replace('\0', ' ')
          .replaceAll("\\s+", " ")
          .strip();
    } catch (IOException e) {
      return "?"; // it has just ended
    }
  }
}
