package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Elasticsearch;
import dev.platformkit.backend.Elasticsearch.Line;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Recent;
import java.util.Collection;
import java.util.List;

/**
 * What the log store holds of a journey by now, asked for once by all proofs that look at it. Safe
 * for use by several threads.
 */
public final class Stored {
  private final Evidenced evidenced;
  private final Addresses addresses;
  private final Recent<List<Line>> lines = new Recent<>(this::fetch);

  public Stored(Evidenced evidenced, Addresses addresses) {
    this.evidenced = requireNonNull(evidenced, "evidenced is null");
    this.addresses = requireNonNull(addresses, "addresses is null");
  }

  Evidenced evidenced() {
    return evidenced;
  }

  /** The lines of both walks, and of whatever else was sent in them. */
  List<Line> lines() {
    return lines.get();
  }

  /** Those of some lines that carry one of these trace ids. */
  static List<Line> of(List<Line> lines, Collection<String> traceIds) {
    return lines.stream().filter(line -> traceIds.contains(line.traceId())).toList();
  }

  Elasticsearch store() {
    return new Elasticsearch(addresses.server("elasticsearch", 9200), addresses.logIndices());
  }

  /** Where they are looked for. */
  String indices() {
    return addresses.logIndices();
  }

  private List<Line> fetch() {
    return store().linesOf(evidenced.everyTraceId());
  }
}
