package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.engine.Container;
import dev.platformkit.engine.LogLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a service's containers have written of a journey, by the engine's own logs: the truth that
 * the store is held against. A line belongs to a walk when it holds one of its trace ids, wherever
 * in the line.
 */
final class Written {
  private final EngineLogs logs;
  private final List<Container> containers;
  private final Evidenced evidenced;
  private Map<String, List<LogLine>> evidence = Map.of();
  private Map<String, List<LogLine>> sentinels = Map.of();
  private long asOf = System.nanoTime();

  Written(EngineLogs logs, List<Container> containers, Evidenced evidenced) {
    this.logs = requireNonNull(logs, "logs is null");
    this.containers = List.copyOf(containers);
    this.evidenced = requireNonNull(evidenced, "evidenced is null");
  }

  /**
   * Reads the engine's logs unless they are known to hold all: a container writes in order, so once
   * the sentinel's lines are there, the evidence's are too.
   */
  void read() {
    if (isComplete()) {
      return;
    }
    Set<String> ofWalk = Set.copyOf(evidenced.walk().everyTraceId());
    Set<String> ofSentinel = evidenced.sentinel().traceIds();
    Map<String, List<LogLine>> evidenceRead = new LinkedHashMap<>();
    Map<String, List<LogLine>> sentinelsRead = new LinkedHashMap<>();
    for (Container container : containers) {
      List<LogLine> lines = logs.of(container, asOf);
      evidenced.seen().written(container, lines);
      evidenceRead.put(container.id(), linesOf(ofWalk, lines));
      sentinelsRead.put(container.id(), linesOf(ofSentinel, lines));
    }
    evidence = evidenceRead;
    sentinels = sentinelsRead;
    asOf = System.nanoTime();
  }

  private static List<LogLine> linesOf(Set<String> traceIds, List<LogLine> lines) {
    return lines.stream().filter(line -> traceOf(line, traceIds).isPresent()).toList();
  }

  /** The trace that a line belongs to, of some; wherever in the line it is named. */
  private static Optional<String> traceOf(LogLine line, Set<String> traceIds) {
    return traceIds.stream().filter(line.text()::contains).findFirst();
  }

  /**
   * Whether something written after the evidence has been seen, of each container that wrote any of
   * it. Where the sentinel met other containers only, it is read again and again.
   */
  boolean isComplete() {
    boolean any = sentinels.values().stream().anyMatch(lines -> !lines.isEmpty());
    return any
        && evidence.entrySet().stream()
            .allMatch(e -> e.getValue().isEmpty() || !sentinels.get(e.getKey()).isEmpty());
  }

  /** The logs are read again, whatever was seen of them. */
  void doubt() {
    sentinels = Map.of();
  }

  /** The evidence's lines by container id. */
  Map<String, List<LogLine>> evidence() {
    return evidence;
  }

  /** The sentinel's lines by container id. */
  Map<String, List<LogLine>> sentinels() {
    return sentinels;
  }

  /** Those of the sentinel's lines that are of the journey itself, by container id. */
  Map<String, List<LogLine>> again() {
    Set<String> own = evidenced.sentinel().traceIds(evidenced.journey());
    Map<String, List<LogLine>> again = new LinkedHashMap<>();
    sentinels.forEach((container, lines) -> again.put(container, linesOf(own, lines)));
    return again;
  }

  /** The traces, of some, that a line was written of. */
  Set<String> traced(Set<String> traceIds) {
    Set<String> traced = new TreeSet<>();
    for (Map<String, List<LogLine>> lines : List.of(evidence, sentinels)) {
      lines.values().stream()
          .flatMap(List::stream)
          .forEach(line -> traceOf(line, traceIds).ifPresent(traced::add));
    }
    return traced;
  }

  List<Container> containers() {
    return containers;
  }

  /** The containers, for people. */
  String names() {
    return String.join(", ", containers.stream().map(Container::name).toList());
  }
}
