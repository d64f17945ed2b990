package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Elasticsearch;
import dev.platformkit.backend.Filebeat;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Way;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Elasticsearch holds what Filebeat read: everything read by the end of the journeys has left
 * Filebeat, nothing was refused meanwhile, and as many documents as it handed over can be found.
 */
final class ShippedProbe implements Probe {
  private static final Duration AFTERWARDS = Duration.ofSeconds(4);

  private final Addresses addresses;
  private final BooleanSupplier journeysOver;
  private Optional<Counts> start = Optional.empty();
  private Optional<Long> readByTheEnd = Optional.empty();

  /** What had been taken once all of that had left Filebeat; others go on writing meanwhile. */
  private Optional<Long> takenByTheEnd = Optional.empty();

  private long over;

  /**
   * What was counted at the start.
   *
   * @param underWay lines of which nobody could tell whether the store has them already
   */
  private record Counts(long stored, long underWay, long rejected, Filebeat.Events events) {}

  /**
   * A probe that counts from its first look.
   *
   * @param journeysOver whether all of the run's journeys are over
   */
  ShippedProbe(Addresses addresses, BooleanSupplier journeysOver) {
    this.addresses = requireNonNull(addresses, "addresses is null");
    this.journeysOver = requireNonNull(journeysOver, "journeysOver is null");
  }

  @Override
  public String id() {
    return "logs/shipped";
  }

  @Override
  public String subject() {
    return "filebeat";
  }

  @Override
  public String expected() {
    return "what Filebeat read by the end of the journeys is in Elasticsearch, and nothing refused";
  }

  /** The journeys' time and its own. */
  @Override
  public Duration patience() {
    return Duration.ofSeconds(28);
  }

  @Override
  public Finding look() {
    Filebeat filebeat = new Filebeat(addresses.server("filebeat", 5066));
    Elasticsearch store = new Elasticsearch(addresses.server("elasticsearch", 9200));
    if (start.isEmpty()) {
      start = Optional.of(start(filebeat, store));
    }
    if (!journeysOver.getAsBoolean()) {
      return Finding.unknown("the journeys were not over");
    }
    Filebeat.Events now = filebeat.events();
    if (readByTheEnd.isEmpty()) {
      readByTheEnd = Optional.of(now.published());
      over = System.nanoTime();
    }
    return compare(start.get(), now, filebeat, store);
  }

  /** The store shows lines a moment before Filebeat has heard that it took them. */
  private static Counts start(Filebeat filebeat, Elasticsearch store) {
    Filebeat.Events before = filebeat.events();
    long stored = store.count();
    Filebeat.Events after = filebeat.events();
    return new Counts(stored, after.published() - before.settled(), store.rejected(), after);
  }

  private Finding compare(
      Counts then, Filebeat.Events now, Filebeat filebeat, Elasticsearch store) {
    if (now.published() < then.events().published()) {
      return Finding.fail("filebeat was started anew during this run");
    }
    long dropped = now.dropped() - then.events().dropped();
    long rejected = store.rejected() - then.rejected();
    if (dropped > 0 || rejected > 0) {
      String refused =
          "Elasticsearch refused %d lines during this run".formatted(Math.max(dropped, rejected));
      return Finding.fail(refused)
          .on(collected(now).broken("accepted", refused))
          .link(filebeat.page());
    }
    if (now.settled() < readByTheEnd.orElseThrow()) {
      return late(
          "filebeat read %d lines, %d have left it"
              .formatted(readByTheEnd.orElseThrow(), now.settled()),
          now,
          "accepted");
    }
    takenByTheEnd = takenByTheEnd.or(() -> Optional.of(now.acked()));
    long taken = takenByTheEnd.orElseThrow() - then.events().acked();
    long found = store.count() - then.stored();
    if (found + then.underWay() < taken) {
      return late(
          "Elasticsearch took %d lines and shows %d more than before".formatted(taken, found),
          now,
          "searchable");
    }
    String earlier =
        then.rejected() == 0
            ? ""
            : "; %d earlier: platform logs --rejected".formatted(then.rejected());
    return Finding.pass("%d read, none refused%s".formatted(now.published(), earlier));
  }

  private Finding late(String observed, Filebeat.Events now, String hop) {
    boolean waitedEnough = System.nanoTime() - over > AFTERWARDS.toNanos();
    // Not to have waited long enough is not to know.
    Finding finding = waitedEnough ? Finding.fail(observed) : Finding.unknown(observed);
    Way way = collected(now);
    if (hop.equals("searchable")) {
      way = way.reached("accepted", "%d taken since Filebeat started".formatted(now.acked()));
    }
    return finding.on(way.broken(hop, observed));
  }

  private static Way collected(Filebeat.Events now) {
    return Way.none()
        .reached("collected", "%d read since Filebeat started".formatted(now.published()));
  }
}
