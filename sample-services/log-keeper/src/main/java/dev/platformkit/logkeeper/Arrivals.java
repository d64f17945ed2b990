package dev.platformkit.logkeeper;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the store said in one look.
 *
 * @param answered whether it said anything
 * @param known the documents that it has, or had until retention deleted them
 * @param newest when the youngest of them was written
 */
record Arrivals(boolean answered, Set<String> known, Instant newest) {
  Arrivals {
    known = Set.copyOf(known);
    requireNonNull(newest, "newest is null");
  }

  boolean has(String container, Entry line) {
    return known.contains(DocumentId.of(container, line));
  }

  int count(String container, List<Entry> lines) {
    return (int) lines.stream().filter(line -> has(container, line)).count();
  }

  Optional<Entry> firstMissing(String container, List<Entry> lines) {
    return lines.stream().filter(line -> !has(container, line)).findFirst();
  }

  /** The end of the last line that has arrived with all before it; 0 where none has. */
  long upTo(String container, List<Entry> lines) {
    long end = 0;
    for (Entry line : lines) {
      if (!has(container, line)) {
        break;
      }
      end = line.end();
    }
    return end;
  }
}
