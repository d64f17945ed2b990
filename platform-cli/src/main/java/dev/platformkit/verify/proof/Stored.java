package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Elasticsearch;
import dev.platformkit.backend.Elasticsearch.Line;
import java.util.List;

/** What the log store holds of a journey and of its sentinel. */
public final class Stored {
  private final Evidenced evidenced;
  private final StoredLines all;

  /**
   * What is stored of one journey.
   *
   * @param all what is stored of this journey, of the sentinel, and perhaps of others
   */
  public Stored(Evidenced evidenced, StoredLines all) {
    this.evidenced = requireNonNull(evidenced, "evidenced is null");
    this.all = requireNonNull(all, "all is null");
  }

  Evidenced evidenced() {
    return evidenced;
  }

  /** The lines by now of the journey, of the sentinel, and perhaps of others. */
  StoredLines.Snapshot latest() {
    return all.latest();
  }

  /** The lines by now of the journey and of the sentinel. */
  List<Line> lines() {
    return latest().of(evidenced.everyTraceId());
  }

  Elasticsearch store() {
    return all.store();
  }

  /** Where they are looked for. */
  String indices() {
    return all.indices();
  }
}
