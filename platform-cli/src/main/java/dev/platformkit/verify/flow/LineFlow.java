package dev.platformkit.verify.flow;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.BackendException;
import dev.platformkit.backend.Elasticsearch;
import dev.platformkit.backend.Filebeat;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.NotPartOfPlatformException;
import dev.platformkit.verify.NotRunningException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How many log lines have flowed since a run began, by what Filebeat tells of itself and by what
 * the store holds. Safe for use by several threads.
 */
public final class LineFlow {
  private final Addresses addresses;
  private final Snapshot start;

  /**
   * The counts at one moment; absent is who cannot be asked.
   *
   * @param indexed documents that the store took in, found or not, since it started
   * @param underWay lines of which nobody could tell whether the store had them already: it shows
   *     lines a moment before Filebeat has heard that it took them
   */
  public record Snapshot(
      Optional<Filebeat.Events> events,
      Optional<Long> stored,
      Optional<Long> rejected,
      Optional<Long> indexed,
      long underWay) {
    public Snapshot {
      requireNonNull(events, "events is null");
      requireNonNull(stored, "stored is null");
      requireNonNull(rejected, "rejected is null");
      requireNonNull(indexed, "indexed is null");
    }
  }

  private LineFlow(Addresses addresses) {
    this.addresses = requireNonNull(addresses, "addresses is null");
    this.start = now();
  }

  /** Counts from now on. */
  public static LineFlow start(Addresses addresses) {
    return new LineFlow(addresses);
  }

  /** What was counted when this was started. */
  public Snapshot start() {
    return start;
  }

  /** What is counted by now. */
  public Snapshot now() {
    Optional<Filebeat.Events> before = events();
    Optional<Long> stored = ask(() -> store().count());
    Optional<Filebeat.Events> after = events();
    long underWay =
        before.isPresent() && after.isPresent()
            ? after.get().published() - before.get().settled()
            : 0;
    return new Snapshot(
        after, stored, ask(() -> store().rejected()), ask(() -> store().indexed()), underWay);
  }

  private Optional<Filebeat.Events> events() {
    return ask(() -> new Filebeat(addresses.server("filebeat", 5066)).events());
  }

  private Elasticsearch store() {
    return new Elasticsearch(addresses.server("elasticsearch", 9200), addresses.logIndices());
  }

  private static <T> Optional<T> ask(Supplier<T> question) {
    try {
      return Optional.of(question.get());
    } catch (BackendException | NotRunningException | NotPartOfPlatformException e) {
      return Optional.empty(); // who cannot be asked tells nothing
    }
  }
}
