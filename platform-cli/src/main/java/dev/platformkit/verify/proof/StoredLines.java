package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Elasticsearch;
import dev.platformkit.backend.Elasticsearch.Line;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Recent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the log store holds of some traces by now, asked for once by all proofs that look at it.
 * Safe for use by several threads.
 */
public final class StoredLines {
  /** So many traces in one question that their lines fit into one answer. */
  private static final int AT_ONCE = 100;

  private final List<String> traceIds;
  private final Addresses addresses;
  private final Recent<Snapshot> latest = new Recent<>(this::fetch);

  /**
   * The lines of some traces.
   *
   * @param nanos when the store was asked, by {@link System#nanoTime}; what it shows had been
   *     written by then
   */
  record Snapshot(Map<String, List<Line>> byTrace, long nanos) {
    Snapshot {
      byTrace = Map.copyOf(byTrace);
    }

    List<Line> of(Collection<String> traceIds) {
      return traceIds.stream().flatMap(id -> byTrace.getOrDefault(id, List.of()).stream()).toList();
    }
  }

  public StoredLines(Collection<String> traceIds, Addresses addresses) {
    this.traceIds = List.copyOf(traceIds);
    this.addresses = requireNonNull(addresses, "addresses is null");
  }

  /** What some lines are found by otherwise than they say themselves; empty where none is. */
  static Optional<String> altered(List<Line> lines) {
    List<String> altered = lines.stream().flatMap(line -> line.altered().stream()).toList();
    return altered.stream()
        .findFirst()
        .map(
            first ->
                "%d of %d lines stored with other fields than they have; a %s"
                    .formatted(altered.size(), lines.size(), first));
  }

  Snapshot latest() {
    return latest.get();
  }

  Elasticsearch store() {
    return new Elasticsearch(addresses.server("elasticsearch", 9200), addresses.logIndices());
  }

  /** Where they are looked for. */
  String indices() {
    return addresses.logIndices();
  }

  private Snapshot fetch() {
    Map<String, List<Line>> byTrace = new HashMap<>();
    for (int from = 0; from < traceIds.size(); from += AT_ONCE) {
      List<String> some = traceIds.subList(from, Math.min(from + AT_ONCE, traceIds.size()));
      for (Line line : store().linesOf(some)) {
        byTrace.computeIfAbsent(line.traceId(), id -> new ArrayList<>()).add(line);
      }
    }
    return new Snapshot(byTrace, System.nanoTime());
  }
}
