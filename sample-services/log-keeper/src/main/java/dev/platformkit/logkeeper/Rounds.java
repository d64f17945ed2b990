package dev.platformkit.logkeeper;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the store for lines of each log file, and copies to the shelf what does not arrive: of a
 * file that was deleted, what is missing a moment later; of one that is still there, what the store
 * lacks though it has later lines. A copy is taken away when the store has it. Filebeat reads
 * copies as well, and a line that is sent twice has the same id.
 */
final class Rounds {
  private static final Logger log = LoggerFactory.getLogger(Rounds.class);

  /** How many lines of a file are asked for in one look. */
  private static final int SAMPLE = 32;

  /**
   * How long a deleted file is held in any case: Filebeat has looked meanwhile, and knows that the
   * inode number is free.
   */
  private static final Duration HELD = Duration.ofSeconds(10);

  /** How long no further line of a deleted file may have arrived until it is copied. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
  private static final Duration ON_THE_WAY = Duration.ofSeconds(10);

  /** So much younger lines of other files have arrived. */
  private static final Duration OVERTAKEN = Duration.ofMinutes(5);

  private static final Duration RETENTION_FROM = Duration.ofHours(24);

  private final Predicate<String> ours;
  private final Holdings holdings;
  private final Shelf shelf;
  private final Deliveries deliveries;
  private final Archive archive;
  private final KeeperMetrics metrics;
  private final Clock clock;
  private final Map<LogFile, Progress> progress = new HashMap<>();
  private Instant answered;

  /**
   * Rounds over what is held.
   *
   * @param ours whether the lines of a container with this tag are to be shipped
   */
  Rounds(
      Predicate<String> ours,
      Holdings holdings,
      Shelf shelf,
      Archive archive,
      KeeperMetrics metrics,
      Clock clock) {
    this.ours = requireNonNull(ours, "ours is null");
    this.holdings = requireNonNull(holdings, "holdings is null");
    this.shelf = requireNonNull(shelf, "shelf is null");
    this.archive = requireNonNull(archive, "archive is null");
    this.metrics = requireNonNull(metrics, "metrics is null");
    this.clock = requireNonNull(clock, "clock is null");
    deliveries = new Deliveries(shelf, metrics, SAMPLE);
    answered = clock.instant();
  }

  /** One look at everything that is due. */
  void look() throws IOException {
    Instant now = clock.instant();
    List<LogFile> files = holdings.files();
    progress.keySet().retainAll(files);
    Questions questions = new Questions();
    for (LogFile file : files) {
      Progress p = progress.computeIfAbsent(file, f -> new Progress());
      p.asked = questions.full() ? Optional.empty() : due(file, p, now);
      p.asked.ifPresent(lines -> questions.ask(file.container(), lines));
    }
    deliveries.ask(questions);
    Arrivals arrivals = arrivals(questions.times(), now);
    for (LogFile file : files) {
      Progress p = progress.get(file);
      if (file.gone().isEmpty()) {
        judge(file, p, arrivals);
      } else if (isDone(file, p, arrivals, now) && since(file.gone(), HELD, now)) {
        holdings.release(file);
        progress.remove(file);
      }
    }
    deliveries.judge(arrivals, now);
    tell(files.size(), arrivals, now);
  }

  /** Copies what would be lost with this process. */
  void last() throws IOException {
    holdings.lookEverywhere();
    for (LogFile file : holdings.files()) {
      Progress p = progress.computeIfAbsent(file, f -> new Progress());
      if (file.gone().isPresent() && p.copy.isEmpty() && isOurs(file, p)) {
        p.copy = Optional.of(deliveries.take(file, p.arrived, file.channel().size()));
      }
    }
  }

  private Optional<List<Entry>> due(LogFile file, Progress p, Instant now) throws IOException {
    boolean gone = file.gone().isPresent();
    boolean asks = gone ? p.copy.isEmpty() : !p.looked.plus(BETWEEN_LOOKS).isAfter(now);
    if (!asks || !isOurs(file, p)) {
      return Optional.empty();
    }
    p.looked = now;
    long size = file.channel().size();
    if (size < p.arrived) {
      p.arrived = 0; // somebody has emptied it
    }
    return Optional.of(
        new Entries(file.channel())
            .sample(p.arrived, size, SAMPLE).stream()
                .filter(line -> gone || line.time().plus(ON_THE_WAY).isBefore(now))
                .toList());
  }

  private boolean isOurs(LogFile file, Progress p) throws IOException {
    if (p.ours.isEmpty()) {
      p.ours = new Entries(file.channel()).firstEntry().map(first -> ours.test(first.tag()));
    }
    return p.ours.orElse(false);
  }

  private Arrivals arrivals(Map<String, Instant> questions, Instant now) {
    Optional<Set<String>> known =
        questions.isEmpty() ? Optional.of(Set.of()) : archive.known(questions.keySet());
    if (known.isEmpty()) {
      return new Arrivals(false, Set.of(), Instant.EPOCH);
    }
    answered = now;
    Instant newest =
        known.get().stream()
            .flatMap(id -> Stream.ofNullable(questions.get(id)))
            .max(Instant::compareTo)
            .orElse(Instant.EPOCH);
    Set<String> arrived = new HashSet<>(known.get());
    Instant old = now.minus(RETENTION_FROM);
    if (questions.values().stream().anyMatch(time -> time.isBefore(old))) {
      // What retention has deleted had arrived.
      archive
          .oldestDay()
          .map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant())
          .ifPresent(
              from ->
                  questions.forEach(
                      (id, time) -> {
                        if (time.isBefore(old) && time.isBefore(from)) {
                          arrived.add(id);
                        }
                      }));
    }
    return new Arrivals(true, arrived, newest);
  }

  /** A file that is still there: Filebeat reads it yet, unless it has skipped something. */
  private void judge(LogFile file, Progress p, Arrivals arrivals) throws IOException {
    if (p.asked.isEmpty() || !arrivals.answered()) {
      return;
    }
    List<Entry> lines = p.asked.get();
    Optional<Entry> missing = arrivals.firstMissing(file.container(), lines);
    p.missing = missing.map(Entry::time);
    p.arrived = Math.max(p.arrived, arrivals.upTo(file.container(), lines));
    boolean skipped =
        missing
            .filter(
                line ->
                    line.time().plus(OVERTAKEN).isBefore(arrivals.newest())
                        || lines.stream()
                            .anyMatch(
                                later ->
                                    later.begin() > line.begin()
                                        && arrivals.has(file.container(), later)))
            .isPresent();
    if (skipped && !deliveries.leftOut(file.container())) {
      log.warn("lines of container {} were skipped: they are sent again", file.container());
      long end =
          new Entries(file.channel())
              .lastEntry(file.channel().size())
              .map(Entry::end)
              .orElseThrow();
      deliveries.take(file, p.arrived, end);
      p.arrived = end;
      p.missing = Optional.empty();
    }
  }

  /** A file that was deleted: whether nothing depends on holding it any more. */
  private boolean isDone(LogFile file, Progress p, Arrivals arrivals, Instant now)
      throws IOException {
    if (p.copy.isPresent()) {
      return !deliveries.has(p.copy.get());
    }
    if (!isOurs(file, p)) {
      return true;
    }
    if (p.asked.isEmpty()) {
      return false; // too much was asked for in this look
    }
    List<Entry> lines = p.asked.get();
    long size = file.channel().size();
    boolean ended = new Entries(file.channel()).lastEntry(size).map(Entry::complete).orElse(true);
    int found = arrivals.count(file.container(), lines);
    // Without a line to ask for, nothing is known of what is there.
    boolean known = !lines.isEmpty() || size <= p.arrived;
    boolean all = arrivals.answered() && known && found == lines.size();
    p.missing = arrivals.firstMissing(file.container(), lines).map(Entry::time);
    if (all && ended) {
      return true;
    }
    if (found > p.found) {
      p.found = found;
      p.foundSince = now;
    }
    boolean stuck = since(file.gone(), GRACE, now) && since(Optional.of(p.foundSince), GRACE, now);
    if (all || stuck) {
      p.arrived = Math.max(p.arrived, arrivals.upTo(file.container(), lines));
      p.copy = Optional.of(deliveries.take(file, p.arrived, size));
    }
    return false;
  }

  private void tell(int held, Arrivals arrivals, Instant now) {
    Instant oldest =
        Stream.of(
                progress.values().stream().flatMap(p -> p.missing.stream()),
                deliveries.missing(),
                Stream.of(arrivals.answered() ? now : answered))
            .flatMap(times -> times)
            .min(Instant::compareTo)
            .orElse(now);
    metrics.holding(held, holdings.missed());
    metrics.shelf(shelf.copies().size(), shelf.bytes());
    metrics.late(Duration.between(oldest, now));
  }

  private static boolean since(Optional<Instant> begin, Duration time, Instant now) {
    return begin.filter(since -> !since.plus(time).isAfter(now)).isPresent();
  }
}
