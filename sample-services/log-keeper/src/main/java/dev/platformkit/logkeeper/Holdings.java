package dev.platformkit.logkeeper;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every log file of the engine, opened as soon as the kernel tells of it: the log of a container
 * that is removed at once lives for a sixth of a second.
 */
final class Holdings implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Holdings.class);

  /** Looked at anyway: a kernel's queue of events is finite. */
  private static final long ANYWAY_SECONDS = 5;

  private final Path root;
  private final Clock clock;
  private final WatchService watcher;
  private final Map<Path, Folder> folders = new HashMap<>();
  private final Map<Object, LogFile> files = new LinkedHashMap<>();
  private long missed;

  /** One container's folder. */
  private static final class Folder {
    boolean announced;
    boolean held;
  }

  /**
   * Holds what is there.
   *
   * @param root where the engine keeps a folder for each container
   */
  Holdings(Path root, Clock clock) throws IOException {
    this.root = requireNonNull(root, "root is null");
    this.clock = requireNonNull(clock, "clock is null");
    watcher = root.getFileSystem().newWatchService();
    root.register(watcher, ENTRY_CREATE, ENTRY_DELETE);
    lookEverywhere();
  }

  /** Holds what comes, until closed. */
  void watch() {
    try {
      while (true) {
        WatchKey key = watcher.poll(ANYWAY_SECONDS, TimeUnit.SECONDS);
        if (key == null) {
          lookEverywhere();
        } else {
          heed(key);
        }
      }
    } catch (ClosedWatchServiceException e) {
      log.debug("watches no longer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is held, the oldest first. */
  synchronized List<LogFile> files() {
    return List.copyOf(files.values());
  }

  /** Lets go of a file. */
  synchronized void release(LogFile file) {
    files.remove(file.inode());
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many containers were gone before their log could be opened. */
  synchronized long missed() {
    return missed;
  }

  @Override
  public void close() throws IOException {
    watcher.close();
  }

  private void heed(WatchKey key) {
    Path folder = (Path) key.watchable();
    boolean all = folder.equals(root);
    boolean announced = false;
    for (WatchEvent<?> event : key.pollEvents()) {
      all |= event.context() == null; // the queue was full
      announced |=
          event.kind() == ENTRY_CREATE
              && event.context() != null
              && event.context().toString().endsWith("-json.log");
    }
    key.reset();
    if (all) {
      lookEverywhere();
    } else {
      look(folder, announced);
    }
  }

  /** Looks whether there is more than the kernel told, or less. */
  synchronized void lookEverywhere() {
    List<Path> there = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(root)) {
      for (Path child : children) {
        there.add(child);
        if (!folders.containsKey(child)) {
          register(child);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new IllegalStateException("cannot list " + root, e);
    }
    for (Path folder : List.copyOf(folders.keySet())) {
      look(folder, false);
      if (!there.contains(folder) && Files.notExists(folder)) {
        folders.remove(folder);
      }
    }
  }

  private void register(Path folder) {
    try {
      folder.register(watcher, ENTRY_CREATE, ENTRY_DELETE);
      folders.put(folder, new Folder());
    } catch (NotDirectoryException e) {
      log.debug("{} is no container's folder", folder, e);
    } catch (NoSuchFileException e) {
      miss(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot watch " + folder, e);
    }
  }

  /** Opens what is new in a folder, and marks what is no longer in it. */
  private synchronized void look(Path path, boolean announced) {
    Folder folder = folders.get(path);
    if (folder == null) {
      return;
    }
    folder.announced |= announced;
    String container = path.getFileName().toString();
    Map<Object, Path> there = logs(path);
    for (LogFile file : files.values()) {
      if (file.container().equals(container)) {
        file.there(there.containsKey(file.inode()), clock.instant());
      }
    }
    there.forEach(
        (inode, log) -> {
          if (!files.containsKey(inode)) {
            folder.held |= hold(container, inode, log);
          }
        });
    if (folder.announced && !folder.held && Files.notExists(path)) {
      folder.announced = false;
      miss(path);
    }
  }

  private boolean hold(String container, Object inode, Path path) {
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      if (!inode.equals(inode(path))) {
        channel.close(); // rotated meanwhile: the kernel has told of that too
        return false;
      }
      files.put(inode, new LogFile(container, inode, channel));
      return true;
    } catch (NoSuchFileException e) {
      log.debug("{} was gone before it could be opened", path, e);
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open " + path, e);
    }
  }

  private void miss(Path folder) {
    missed++;
    log.error("container {} was gone before its log could be opened", folder.getFileName());
  }

  private static Map<Object, Path> logs(Path folder) {
    Map<Object, Path> logs = new LinkedHashMap<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder, "*-json.log*")) {
      for (Path child : children) {
        // A compressed one is a copy of one that was held.
        if (!child.toString().endsWith(".gz")) {
          put(logs, child);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      log.debug("{} is gone", folder, e);
    } catch (IOException | DirectoryIteratorException e) {
      throw new IllegalStateException("cannot list " + folder, e);
    }
    return logs;
  }

  private static void put(Map<Object, Path> logs, Path path) throws IOException {
    try {
      logs.put(inode(path), path);
    } catch (NoSuchFileException e) {
      log.debug("{} has another name by now", path, e);
    }
  }

  private static Object inode(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }
}
