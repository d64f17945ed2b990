package dev.platformkit.image;

import dev.platformkit.problem.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A lock between processes of one machine, held on an open file, so that the kernel gives it up
 * when its holder dies. Since the kernel knows only processes, the threads of this one agree among
 * themselves first.
 */
final class FileLock {
  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(200);
  private static final Map<Path, ReentrantLock> OURS = new ConcurrentHashMap<>();

  private FileLock() {}

  /**
   * Works while holding the lock, after whoever holds it.
   *
   * @param file made if it is not there; it stays
   * @param whenHeld is told before waiting
   */
  static <T> T holding(Path file, Runnable whenHeld, Supplier<T> work) {
    ReentrantLock ours = OURS.computeIfAbsent(file.toAbsolutePath(), path -> new ReentrantLock());
    if (!ours.tryLock()) {
      whenHeld.run();
      lock(ours, file);
    }
    try {
      return holdingAmongProcesses(file, whenHeld, work);
    } finally {
      ours.unlock();
    }
  }

  private static <T> T holdingAmongProcesses(Path file, Runnable whenHeld, Supplier<T> work) {
    try {
      Files.createDirectories(file.getParent());
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        if (channel.tryLock() == null) {
          whenHeld.run();
          awaitTurn(channel, file);
        }
        return work.get();
      }
    } catch (IOException e) {
      throw Problem.unable("cannot lock " + file + ": " + e).causedBy(e);
    }
  }

  /**
   * Asks again and again. Were it to wait in the kernel, that would take two processes for
   * deadlocked of which some threads work and others wait for each other's, since it does not know
   * threads.
   */
  private static void awaitTurn(FileChannel channel, Path file) throws IOException {
    while (channel.tryLock() == null) {
      LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        throw Problem.unable("interrupted while waiting for " + file);
      }
    }
  }

  private static void lock(ReentrantLock lock, Path file) {
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unable("interrupted while waiting for " + file).causedBy(e);
    }
  }
}
