package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.verify.journey.Journey;
import dev.platformkit.verify.journey.Walk;
import java.util.HashSet;
import java.util.Set;

/**
 * A journey gone twice: what the first walk left behind is judged; the second, begun when the first
 * was over, is the sentinel. Its lines and spans come from the same services and go down the same
 * pipes, so once they have arrived, whatever of the first is not there will not come.
 *
 * @param seen where proofs keep what they see
 */
public record Evidenced(Walk walk, Walk sentinel, Seen seen) {
  public Evidenced {
    requireNonNull(walk, "walk is null");
    requireNonNull(sentinel, "sentinel is null");
    requireNonNull(seen, "seen is null");
  }

  /** A journey of which nothing has been seen yet. */
  public Evidenced(Walk walk, Walk sentinel) {
    this(walk, sentinel, new Seen(walk));
  }

  Journey journey() {
    return walk.journey();
  }

  /** The trace ids of everything that was sent in either walk. */
  public Set<String> everyTraceId() {
    Set<String> ids = new HashSet<>(walk.everyTraceId());
    ids.addAll(sentinel.everyTraceId());
    return ids;
  }
}
