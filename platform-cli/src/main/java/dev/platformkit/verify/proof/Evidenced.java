package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.verify.journey.Journey;
import dev.platformkit.verify.journey.Walk;
import java.util.HashSet;
import java.util.Set;

/**
 * A journey gone: what the walk left behind is judged, once the sentinel tells that nothing more of
 * it is to come.
 *
 * @param seen where proofs keep what they see
 */
public record Evidenced(Walk walk, Sentinel sentinel, Seen seen) {
  public Evidenced {
    requireNonNull(walk, "walk is null");
    requireNonNull(sentinel, "sentinel is null");
    requireNonNull(seen, "seen is null");
  }

  /** A journey of which nothing has been seen yet. */
  public Evidenced(Walk walk, Sentinel sentinel) {
    this(walk, sentinel, new Seen(walk));
  }

  Journey journey() {
    return walk.journey();
  }

  /** The trace ids of all that was sent of this journey, also when it was gone again. */
  Set<String> ownTraceIds() {
    Set<String> ids = new HashSet<>(walk.everyTraceId());
    ids.addAll(sentinel.traceIds(journey()));
    return ids;
  }

  /** The trace ids of all that was sent of this journey, and of the sentinel. */
  Set<String> everyTraceId() {
    Set<String> ids = new HashSet<>(walk.everyTraceId());
    ids.addAll(sentinel.traceIds());
    return ids;
  }
}
