package dev.platformkit.logkeeper;

import static java.util.Objects.requireNonNull;

import dev.platformkit.logkeeper.Shelf.Copy;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The copies on the shelf, each until it has arrived. Where no room is left, the oldest is lost,
 * and told. What does not arrive though other lines do is left out by Filebeat's configuration: it
 * was sent twice.
 */
final class Deliveries {
  private static final Logger log = LoggerFactory.getLogger(Deliveries.class);

  /** How long nothing more of a copy may arrive, though Filebeat reads it. */
  private static final Duration READ = Duration.ofMinutes(1);

  /** How long nothing of a copy may arrive while all of a younger one does. */
  private static final Duration OVERLOOKED = Duration.ofSeconds(30);

  /** How much younger the lines of others are that arrived, where nothing of a copy does. */
  private static final Duration OVERTAKEN = Duration.ofMinutes(10);

  /** How long the inode number of a copy that was taken away stays taken at least. */
  private static final Duration REST = Duration.ofSeconds(10);

  private final Shelf shelf;
  private final KeeperMetrics metrics;
  private final int sample;
  private final Map<Copy, State> states = new HashMap<>();
  private final Set<String> leftOut = new HashSet<>();
  private Instant rested = Instant.EPOCH;

  /** The youngest copy of which all has arrived. */
  private String youngest = "";

  private static final class State {
    private final List<Entry> lines;
    private boolean overlooked;
    private boolean again;
    private int found = -1;
    private Instant foundSince = Instant.EPOCH;

    State(List<Entry> lines) {
      this.lines = lines;
    }
  }

  /**
   * Deliveries of what lies on a shelf.
   *
   * @param sample how many lines of each copy are asked for
   */
  Deliveries(Shelf shelf, KeeperMetrics metrics, int sample) {
    this.shelf = requireNonNull(shelf, "shelf is null");
    this.metrics = requireNonNull(metrics, "metrics is null");
    this.sample = sample;
  }

  /** Copies a part of a file. */
  Path take(LogFile file, long begin, long end) throws IOException {
    while (shelf.full(end - begin) && !shelf.copies().isEmpty()) {
      Copy oldest = shelf.copies().get(0);
      log.error(
          "{} bytes of container {} are lost: they did not arrive, and no more can be kept",
          oldest.size(),
          oldest.container());
      metrics.lost(oldest.size());
      shelf.drop(oldest);
    }
    metrics.rescued();
    return shelf.put(file.container(), file.channel(), begin, end);
  }

  /** Whether a copy is still on its way. */
  boolean has(Path copy) {
    return shelf.has(copy);
  }

  /** Whether some of what a container writes is left out on purpose. */
  boolean leftOut(String container) {
    return leftOut.contains(container);
  }

  /** Asks for lines of every copy, as far as the look has room for questions. */
  void ask(Questions questions) throws IOException {
    states.keySet().retainAll(shelf.copies());
    for (Copy copy : shelf.copies()) {
      if (questions.full()) {
        return;
      }
      if (!states.containsKey(copy)) {
        try (FileChannel channel = copy.open()) {
          states.put(copy, new State(new Entries(channel).sample(0, copy.size(), sample)));
        }
      }
      questions.ask(copy.container(), states.get(copy).lines);
    }
  }

  /** Takes away what has arrived, and what never will. */
  void judge(Arrivals arrivals, Instant now) throws IOException {
    if (!arrivals.answered()) {
      return;
    }
    if (!rested.plus(REST).isAfter(now)) {
      rested = now;
      shelf.rest();
    }
    for (Copy copy : List.copyOf(states.keySet())) {
      State state = states.get(copy);
      int found = arrivals.count(copy.container(), state.lines);
      if (found > state.found) {
        state.found = found;
        state.foundSince = now;
      }
      if (found > 0 && found == state.lines.size()) {
        youngest = name(copy).compareTo(youngest) > 0 ? name(copy) : youngest;
        shelf.drop(copy);
      } else if (isOverlooked(copy, state, now) && !state.overlooked) {
        sendAgain(copy, state).overlooked = true;
      } else if (isStuck(copy, state, arrivals, now) && !state.again) {
        sendAgain(copy, state).again = true;
      } else if (isStuck(copy, state, arrivals, now)) {
        if (leftOut.add(copy.container())) {
          log.warn("lines of container {} are left out by Filebeat", copy.container());
        }
        metrics.leftOut(state.lines.size() - found);
        shelf.drop(copy);
      }
    }
  }

  private State sendAgain(Copy copy, State state) throws IOException {
    State fresh = new State(state.lines);
    fresh.overlooked = state.overlooked;
    fresh.again = state.again;
    states.put(shelf.again(copy), fresh);
    return fresh;
  }

  /**
   * Whether nothing of a copy came, and all of one that was made after it: Filebeat has taken the
   * file for another that it knows.
   */
  private boolean isOverlooked(Copy copy, State state, Instant now) {
    return state.found == 0
        && name(copy).compareTo(youngest) < 0
        && state.foundSince.plus(OVERLOOKED).isBefore(now);
  }

  /** Names are in the order in which copies were made. */
  private static String name(Copy copy) {
    return copy.path().getFileName().toString();
  }

  /** When the first line was written of each copy that is on its way. */
  Stream<Instant> missing() {
    return states.entrySet().stream()
        .filter(delivery -> shelf.has(delivery.getKey().path()))
        .flatMap(delivery -> delivery.getValue().lines.stream().limit(1))
        .map(Entry::time);
  }

  private static boolean isStuck(Copy copy, State state, Arrivals arrivals, Instant now) {
    Instant since = state.foundSince;
    if (state.lines.isEmpty()) {
      return since.plus(OVERTAKEN).isBefore(now); // lines too long to ask for
    }
    Entry last = state.lines.get(state.lines.size() - 1);
    boolean readToItsEnd = arrivals.has(copy.container(), last);
    return readToItsEnd
        ? since.plus(READ).isBefore(now)
        : since.plus(OVERTAKEN).isBefore(now)
            && last.time().plus(OVERTAKEN).isBefore(arrivals.newest());
  }
}
