package dev.platformkit.verify;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a journey's proofs have seen of it, for whoever wants to look at it afterwards: the verdicts
 * are the checks', these are the things they were passed on.
 *
 * @param traces of the steps whose trace is proven
 * @param lines what its services logged of it, in the order in which it was written
 * @param rises the samples of each series selector
 */
public record Exhibits(List<Trace> traces, List<Line> lines, List<Rise> rises) {
  private static final Exhibits NONE = new Exhibits(List.of(), List.of(), List.of());

  /** The spans of a step's trace, as many as were stored when it was looked at last. */
  public record Trace(String step, String traceId, List<Span> spans) {
    public Trace {
      requireNonNull(step, "step is null");
      requireNonNull(traceId, "traceId is null");
      spans = List.copyOf(spans);
    }
  }

  /**
   * One span.
   *
   * @param parentId empty for one that claims to be the first
   * @param kind in lower case, {@code server}
   */
  public record Span(
      String id,
      String parentId,
      String service,
      String name,
      String kind,
      Instant start,
      Duration took,
      boolean error) {
    public Span {
      requireNonNull(id, "id is null");
      requireNonNull(parentId, "parentId is null");
      requireNonNull(service, "service is null");
      requireNonNull(name, "name is null");
      requireNonNull(kind, "kind is null");
      requireNonNull(start, "start is null");
      requireNonNull(took, "took is null");
    }
  }

  /** Whether a written line is in the store. */
  public enum InStore {
    STORED,
    MISSING,
    /** More often than it was written. */
    DOUBLED,
    /** The store holds it, but no container wrote it so. */
    ALTERED,
    /** The store was not seen. */
    UNKNOWN
  }

  /**
   * One log line.
   *
   * @param time when it was written, by its own word or else by the engine's
   * @param container its name; empty for a line of a container that is not known
   * @param level as the line names it
   * @param text as it was written
   */
  public record Line(
      Optional<Instant> time,
      String service,
      String container,
      Optional<String> level,
      String traceId,
      String text,
      InStore inStore) {
    public Line {
      requireNonNull(time, "time is null");
      requireNonNull(service, "service is null");
      requireNonNull(container, "container is null");
      requireNonNull(level, "level is null");
      requireNonNull(traceId, "traceId is null");
      requireNonNull(text, "text is null");
      requireNonNull(inStore, "inStore is null");
    }
  }

  /**
   * The series of one selector.
   *
   * @param exemplar the trace that one of its exemplars names
   */
  public record Rise(String query, List<Series> series, Optional<String> exemplar) {
    public Rise {
      requireNonNull(query, "query is null");
      series = List.copyOf(series);
      requireNonNull(exemplar, "exemplar is null");
    }

    public double before() {
      return series.stream().mapToDouble(Series::before).sum();
    }

    public double after() {
      return series.stream().mapToDouble(Series::after).sum();
    }

    public double risen() {
      return series.stream().mapToDouble(Series::risen).sum();
    }
  }

  /**
   * One series.
   *
   * @param before the last raw sample before the first step
   * @param after the last raw sample after the last step
   * @param risen by how much; more than their difference where the counter started anew
   */
  public record Series(Map<String, String> labels, double before, double after, double risen) {
    public Series {
      labels = Map.copyOf(labels);
    }
  }

  public Exhibits {
    traces = List.copyOf(traces);
    lines = List.copyOf(lines);
    rises = List.copyOf(rises);
  }

  /** Where nobody has looked at anything. */
  public static Exhibits none() {
    return NONE;
  }

  /** How many of its lines are in the store in some way. */
  public long count(Collection<InStore> of) {
    return lines.stream().filter(line -> of.contains(line.inStore())).count();
  }
}
