package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Elasticsearch;
import dev.platformkit.backend.Filebeat;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Way;
import dev.platformkit.verify.flow.LineFlow;
import java.time.Duration;
import java.util.Optional;

/**
 * Elasticsearch holds what Filebeat read: everything read by the end of the journeys has left
 * Filebeat, nothing was refused meanwhile, and as many documents as it handed over can be found.
 */
final class ShippedProbe implements Probe {
  private final Addresses addresses;
  private final LineFlow flow;
  private Optional<Long> readByTheEnd = Optional.empty();

  /** What had been taken once all of that had left Filebeat; others go on writing meanwhile. */
  private Optional<Long> takenByTheEnd = Optional.empty();

  ShippedProbe(Addresses addresses, LineFlow flow) {
    this.addresses = requireNonNull(addresses, "addresses is null");
    this.flow = requireNonNull(flow, "flow is null");
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

  @Override
  public boolean afterJourneys() {
    return true;
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(5);
  }

  @Override
  public Finding look() {
    Filebeat filebeat = new Filebeat(addresses.server("filebeat", 5066));
    Elasticsearch store =
        new Elasticsearch(addresses.server("elasticsearch", 9200), addresses.logIndices());
    LineFlow.Snapshot then = flow.start();
    if (then.events().isEmpty() || then.stored().isEmpty() || then.rejected().isEmpty()) {
      return Finding.unknown("what had been counted when the run began could not be asked");
    }
    Filebeat.Events now = filebeat.events();
    readByTheEnd = readByTheEnd.or(() -> Optional.of(now.published()));
    if (now.published() < then.events().get().published()) {
      return Finding.fail("filebeat was started anew during this run");
    }
    long dropped = now.dropped() - then.events().get().dropped();
    long rejected = store.rejected() - then.rejected().get();
    if (dropped > 0 || rejected > 0) {
      String refused =
          "Elasticsearch refused %d lines during this run".formatted(Math.max(dropped, rejected));
      return Finding.fail(refused)
          .on(collected(now).broken("accepted", refused))
          .link(filebeat.page());
    }
    if (now.settled() < readByTheEnd.get()) {
      String late =
          "filebeat read %d lines, %d have left it".formatted(readByTheEnd.get(), now.settled());
      return Finding.missing(late).on(collected(now).broken("accepted", late));
    }
    takenByTheEnd = takenByTheEnd.or(() -> Optional.of(now.acked()));
    long taken = takenByTheEnd.get() - then.events().get().acked();
    long found = store.count() - then.stored().get();
    if (found + then.underWay() < taken) {
      String late =
          "Elasticsearch took %d lines and shows %d more than before".formatted(taken, found);
      return Finding.missing(late)
          .on(
              collected(now)
                  .reached("accepted", "%d taken since Filebeat started".formatted(now.acked()))
                  .broken("searchable", late));
    }
    String earlier =
        then.rejected().get() == 0
            ? ""
            : "; %d earlier: platform logs --rejected".formatted(then.rejected().get());
    return Finding.pass("%d read, none refused%s".formatted(now.published(), earlier));
  }

  private static Way collected(Filebeat.Events now) {
    return Way.none()
        .reached("collected", "%d read since Filebeat started".formatted(now.published()));
  }
}
