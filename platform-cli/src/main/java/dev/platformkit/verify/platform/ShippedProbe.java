package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Elasticsearch;
import dev.platformkit.backend.Filebeat;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import java.util.Optional;

/**
 * Elasticsearch holds what Filebeat read: everything read by the start of this check has left
 * Filebeat, nothing was refused meanwhile, and as many documents as it handed over can be found.
 */
final class ShippedProbe implements Probe {
  private final Addresses addresses;
  private Optional<Start> start = Optional.empty();

  private record Start(long stored, long rejected, Filebeat.Events events) {}

  ShippedProbe(Addresses addresses) {
    this.addresses = requireNonNull(addresses, "addresses is null");
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
    return "what Filebeat reads is in Elasticsearch, and nothing is refused";
  }

  @Override
  public Finding look() {
    Filebeat filebeat = new Filebeat(addresses.server("filebeat", 5066));
    Elasticsearch store = new Elasticsearch(addresses.server("elasticsearch", 9200));
    if (start.isEmpty()) {
      long stored = store.count();
      start = Optional.of(new Start(stored, store.rejected(), filebeat.events()));
    }
    Start then = start.get();
    Filebeat.Events now = filebeat.events();
    if (now.published() < then.events().published()) {
      return Finding.fail("filebeat was started anew during this run");
    }
    long dropped = now.dropped() - then.events().dropped();
    long rejected = store.rejected() - then.rejected();
    if (dropped > 0 || rejected > 0) {
      return Finding.fail(
              "Elasticsearch refused %d lines during this run"
                  .formatted(Math.max(dropped, rejected)))
          .at("collected -> accepted")
          .link(filebeat.page());
    }
    if (now.settled() < then.events().published()) {
      return Finding.missing(
              "filebeat read %d lines, %d have left it"
                  .formatted(then.events().published(), now.settled()))
          .at("collected -> accepted")
          .link(filebeat.page());
    }
    long taken = now.acked() - then.events().acked();
    long found = store.count() - then.stored();
    if (found < taken) {
      return Finding.missing(
              "Elasticsearch took %d lines and shows %d more than before".formatted(taken, found))
          .at("accepted -> searchable");
    }
    return Finding.pass("%d read, none refused".formatted(now.published()));
  }
}
