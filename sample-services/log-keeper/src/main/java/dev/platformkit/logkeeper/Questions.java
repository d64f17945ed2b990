package dev.platformkit.logkeeper;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lines that one look asks the store for, by their ids. */
final class Questions {
  private static final int MOST = 8_000;

  private final Map<String, Instant> times = new LinkedHashMap<>();

  /** Whether the rest has to wait for the next look. */
  boolean full() {
    return times.size() >= MOST;
  }

  void ask(String container, List<Entry> lines) {
    lines.forEach(line -> times.put(DocumentId.of(container, line), line.time()));
  }

  /** When each line was written. */
  Map<String, Instant> times() {
    return Collections.unmodifiableMap(times);
  }
}
