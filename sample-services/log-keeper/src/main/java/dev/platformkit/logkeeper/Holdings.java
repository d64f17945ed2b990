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
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
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

  /** When the kernel tells nothing, one folder is looked at all the same: its queue is finite. */
  private static final long QUIET_MILLIS = 50;

  private final Path root;
  private final Clock clock;
  private final WatchService watcher;
  private final Map<Path, ContainerFolder> folders = new HashMap<>();
  private final Map<Object, LogFile> files = new LinkedHashMap<>();
  private Iterator<Path> toLookAt = Collections.emptyIterator();
  private long missed;

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
        WatchKey key = watcher.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
        if (key == null) {
          lookAtOne();
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

  /** Lets go of a file; with nobody waiting, as the disk may take its time. */
  void release(LogFile file) {
    synchronized (this) {
      files.remove(file.inode());
    }
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many log files were gone before they could be opened. */
  synchronized long missed() {
    return missed;
  }

  @Override
  public void close() throws IOException {
    watcher.close();
  }

  /**
   * Looks whether there is more than the kernel told, or less; folder by folder, so that what the
   * kernel tells meanwhile is not kept waiting.
   */
  void lookEverywhere() {
    children().forEach(this::register);
    known().forEach(this::look);
  }

  private synchronized List<Path> known() {
    return List.copyOf(folders.keySet());
  }

  private synchronized void lookAtOne() {
    if (!toLookAt.hasNext()) {
      children().forEach(this::register);
      toLookAt = known().iterator();
    }
    if (toLookAt.hasNext()) {
      look(toLookAt.next());
    }
  }

  /**
   * What the kernel tells is heard at once, and as little done as can be: files are short-lived.
   */
  private synchronized void heed(WatchKey key) {
    Path path = (Path) key.watchable();
    if (!path.equals(root)) {
      ContainerFolder folder = folders.get(path);
      if (folder != null && folder.heed()) {
        look(path);
      }
      key.reset();
      return;
    }
    for (WatchEvent<?> event : key.pollEvents()) {
      if (event.context() == null) {
        lookEverywhere(); // more has happened than it could tell
      } else {
        Path folder = root.resolve(event.context().toString());
        register(folder);
        look(folder);
      }
    }
    key.reset();
  }

  private List<Path> children() {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(root)) {
      stream.forEach(children::add);
    } catch (IOException | DirectoryIteratorException e) {
      throw new IllegalStateException("cannot list " + root, e);
    }
    return children;
  }

  private synchronized void register(Path folder) {
    if (folders.containsKey(folder)) {
      return;
    }
    try {
      WatchKey key = folder.register(watcher, ENTRY_CREATE, ENTRY_DELETE);
      folders.put(folder, new ContainerFolder(key, clock.instant()));
    } catch (NotDirectoryException e) {
      log.debug("{} is no container's folder", folder, e);
    } catch (NoSuchFileException e) {
      log.debug("{} is gone", folder, e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot watch " + folder, e);
    }
  }

  /** Opens what is new in a folder, and marks what is no longer in it. */
  private synchronized void look(Path path) {
    ContainerFolder folder = folders.get(path);
    if (folder == null) {
      return;
    }
    folder.settle(clock.instant());
    folder.heed();
    String container = path.getFileName().toString();
    Map<Object, Path> there = logs(path);
    for (LogFile file : files.values()) {
      if (file.container().equals(container)) {
        file.there(there.containsKey(file.inode()), clock.instant());
      }
    }
    there.forEach(
        (inode, file) -> {
          if (!files.containsKey(inode) && hold(container, inode, file)) {
            folder.held();
          }
        });
    if (folder.over(Files.exists(path), clock.instant())) {
      folders.remove(path);
      folder.leave();
      if (folder.missed() > 0) {
        missed += folder.missed();
        log.error(
            "{} log files of container {} were gone before they could be opened",
            folder.missed(),
            container);
      }
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
