package dev.platformkit.verify.proof;

import dev.platformkit.verify.journey.Journey;
import dev.platformkit.verify.journey.Walk;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Some journeys, gone again when all had been gone. Their lines and spans come from every service
 * that any of the journeys reached, and go down the same pipes: once they have arrived, whatever
 * was sent before and is not there will not come.
 *
 * @param walks that came to their end, each of another journey
 */
public record Sentinel(List<Walk> walks) {
  public Sentinel {
    walks = List.copyOf(walks);
  }

  /** The sentinel of these walks. */
  public static Sentinel of(Walk... walks) {
    return new Sentinel(List.of(walks));
  }

  /** When the first of it was sent. */
  Instant start() {
    return walks.stream().map(Walk::start).min(Comparator.naturalOrder()).orElse(Instant.EPOCH);
  }

  /** When the last of it had been answered. */
  Instant end() {
    return walks.stream().map(Walk::end).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
  }

  /** The trace ids of everything that was sent. */
  public Set<String> traceIds() {
    Set<String> ids = new TreeSet<>();
    walks.forEach(walk -> ids.addAll(walk.everyTraceId()));
    return ids;
  }

  /** Every service that it is known to have reached. */
  public Set<String> services() {
    Set<String> services = new TreeSet<>();
    walks.forEach(walk -> services.addAll(walk.journey().services()));
    return services;
  }

  /** A journey as it was gone again; empty where others stand for it. */
  Optional<Walk> of(Journey journey) {
    return walks.stream().filter(walk -> walk.journey().name().equals(journey.name())).findFirst();
  }

  /** A journey's trace ids in it. */
  Set<String> traceIds(Journey journey) {
    return of(journey).map(walk -> Set.copyOf(walk.everyTraceId())).orElse(Set.of());
  }
}
