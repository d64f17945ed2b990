package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.engine.Container;
import dev.platformkit.engine.Engine;
import dev.platformkit.engine.LogLine;
import dev.platformkit.verify.journey.Walk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a service's containers have written of a journey, by the engine's own logs: the truth that
 * the store is held against. A line belongs to a walk when it holds one of its trace ids, wherever
 * in the line.
 */
final class Written {
  private final Engine engine;
  private final List<Container> containers;
  private final Evidenced evidenced;
  private Map<String, List<String>> evidence = Map.of();
  private Map<String, List<String>> sentinels = Map.of();

  Written(Engine engine, List<Container> containers, Evidenced evidenced) {
    this.engine = requireNonNull(engine, "engine is null");
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
    Map<String, List<String>> evidenceRead = new HashMap<>();
    Map<String, List<String>> sentinelsRead = new HashMap<>();
    Instant since = evidenced.walk().start().minusSeconds(1);
    for (Container container : containers) {
      List<LogLine> lines = engine.logs(container.id(), since);
      evidenced.seen().written(container, lines);
      evidenceRead.put(container.id(), linesOf(evidenced.walk(), lines));
      sentinelsRead.put(container.id(), linesOf(evidenced.sentinel(), lines));
    }
    evidence = evidenceRead;
    sentinels = sentinelsRead;
  }

  private static List<String> linesOf(Walk walk, List<LogLine> lines) {
    List<String> of = new ArrayList<>();
    for (LogLine line : lines) {
      if (walk.traceIds().stream().anyMatch(line.text()::contains)) {
        of.add(line.text().stripTrailing());
      }
    }
    return of;
  }

  /** Whether something written after the evidence has been seen. */
  boolean isComplete() {
    return sentinels.values().stream().anyMatch(lines -> !lines.isEmpty());
  }

  /** The evidence's lines by container id. */
  Map<String, List<String>> evidence() {
    return evidence;
  }

  /** The sentinel's lines by container id. */
  Map<String, List<String>> sentinels() {
    return sentinels;
  }

  /** The containers, for people. */
  String names() {
    return String.join(", ", containers.stream().map(Container::name).toList());
  }
}
