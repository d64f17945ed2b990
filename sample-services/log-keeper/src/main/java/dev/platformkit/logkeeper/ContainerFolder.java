package dev.platformkit.logkeeper;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;

import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One container's folder: of how many log files the kernel has told, how many were opened. */
final class ContainerFolder {
  /** So long after, all is told that has happened in a folder. */
  private static final Duration SETTLED = Duration.ofSeconds(5);

  private final WatchKey key;
  private final Instant since;
  private Optional<Instant> gone = Optional.empty();
  private int announced;
  private int held;

  ContainerFolder(WatchKey key, Instant since) {
    this.key = key;
    this.since = since;
  }

  /**
   * Counts what the kernel has told meanwhile.
   *
   * @return whether any of it is about log files: most is about what else the engine keeps here
   */
  boolean heed() {
    boolean aboutLogs = false;
    for (WatchEvent<?> event : key.pollEvents()) {
      if (event.context() == null) {
        aboutLogs = true; // more has happened than it could tell
        continue;
      }
      String name = event.context().toString();
      aboutLogs |= name.contains("-json.log");
      // A log file is made under this name, and gets others by rotation.
      if (event.kind() == ENTRY_CREATE && name.endsWith("-json.log")) {
        announced += event.count();
      }
    }
    return aboutLogs;
  }

  /** Counts a file that was opened. */
  void held() {
    held++;
  }

  /** Watches no longer. */
  void leave() {
    key.cancel();
  }

  /** Of what was there before, the kernel has not told: it does not make up for what was missed. */
  void settle(Instant now) {
    if (since.plus(SETTLED).isBefore(now)) {
      held = Math.min(held, announced);
    }
  }

  /** Whether the folder is gone, and so long that all is told of it. */
  boolean over(boolean there, Instant now) {
    gone = there ? Optional.empty() : Optional.of(gone.orElse(now));
    return gone.filter(g -> g.plus(SETTLED).isBefore(now)).isPresent();
  }

  /** How many files it had that were not opened. */
  int missed() {
    return Math.max(0, announced - held);
  }
}
