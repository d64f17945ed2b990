package dev.platformkit.logkeeper;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Copies of log files that the engine has deleted, where Filebeat reads them like the engine's own:
 * {@code <container>/<number>-json.log}. They survive this process.
 */
final class Shelf {
  private static final String NAME_END = "-json.log";

  private final Path root;
  private final long most;
  private final Map<Path, Copy> copies = new TreeMap<>();
  private List<FileChannel> dropped = new ArrayList<>();
  private List<FileChannel> rested = new ArrayList<>();
  private long last;

  /** One copy. */
  record Copy(Path path, String container, long size) {
    Copy {
      requireNonNull(path, "path is null");
      requireNonNull(container, "container is null");
    }

    FileChannel open() throws IOException {
      return FileChannel.open(path, StandardOpenOption.READ);
    }
  }

  /**
   * Takes over what an earlier process put there.
   *
   * @param most how many bytes may lie on it
   */
  Shelf(Path root, long most) throws IOException {
    this.root = requireNonNull(root, "root is null");
    this.most = most;
    List<Path> there;
    try (Stream<Path> paths = Files.walk(root, 2)) {
      there = paths.filter(Files::isRegularFile).toList();
    }
    for (Path path : there) {
      String name = path.getFileName().toString();
      if (name.endsWith(NAME_END)) {
        add(path);
        last = Math.max(last, Long.parseLong(name.substring(0, name.length() - NAME_END.length())));
      } else {
        Files.delete(path); // begun by a process that was cut off
      }
    }
  }

  /** What lies there, the oldest first. */
  List<Copy> copies() {
    return copies.values().stream()
        .sorted(Comparator.comparing(c -> c.path().getFileName()))
        .toList();
  }

  boolean has(Path copy) {
    return copies.containsKey(copy);
  }

  long bytes() {
    return copies.values().stream().mapToLong(Copy::size).sum();
  }

  /** Whether so much more would be too much. */
  boolean full(long more) {
    return bytes() + more > most;
  }

  /**
   * Copies a part of a log file. A last line without an end gets one: Filebeat would wait for the
   * rest for ever.
   */
  Path put(String container, FileChannel file, long begin, long end) throws IOException {
    Optional<Entry> torn =
        new Entries(file).lastEntry(end).filter(e -> e.begin() >= begin && !e.complete());
    Path folder = Files.createDirectories(root.resolve(container));
    last = Math.max(last + 1, System.currentTimeMillis());
    Path path = folder.resolve("%015d%s".formatted(last, NAME_END));
    Path begun = folder.resolve(last + ".begun");
    try (FileChannel copy =
        FileChannel.open(begun, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long to = torn.map(Entry::begin).orElse(end);
      for (long at = begin; at < to; ) {
        long copied = file.transferTo(at, to - at, copy);
        if (copied <= 0) {
          break; // shorter by now
        }
        at += copied;
      }
      if (torn.isPresent()) {
        copy.write(ByteBuffer.wrap(torn.get().completed()));
      }
      copy.force(true);
    }
    Files.move(begun, path, StandardCopyOption.ATOMIC_MOVE);
    add(path);
    return path;
  }

  /** Replaces a copy by one that is a new file to whoever reads it. */
  Copy again(Copy copy) throws IOException {
    try (FileChannel channel = copy.open()) {
      Path path = put(copy.container(), channel, 0, copy.size());
      drop(copy);
      return copies.get(path);
    }
  }

  /** Takes a copy away. Its inode number stays taken until {@link #rest} is over. */
  void drop(Copy copy) throws IOException {
    copies.remove(copy.path());
    dropped.add(copy.open());
    Files.deleteIfExists(copy.path());
    try {
      Files.deleteIfExists(copy.path().getParent());
    } catch (DirectoryNotEmptyException | NoSuchFileException e) {
      return; // others of this container
    }
  }

  /** Gives the inode numbers back of what was dropped up to the last call. */
  void rest() throws IOException {
    for (FileChannel channel : rested) {
      channel.close();
    }
    rested = dropped;
    dropped = new ArrayList<>();
  }

  private void add(Path path) throws IOException {
    String container = path.getParent().getFileName().toString();
    copies.put(path, new Copy(path, container, Files.size(path)));
  }
}
