package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.BackendException;
import dev.platformkit.engine.Container;
import dev.platformkit.engine.Engine;
import dev.platformkit.engine.LogLine;
import dev.platformkit.problem.Problem;
import dev.platformkit.verify.Recent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What containers have written since a moment, by the engine's own logs: read once by all proofs
 * that need them as they were at about the same time. Safe for use by several threads.
 */
public final class EngineLogs {
  private final Engine engine;
  private final Instant since;
  private final Map<String, Recent<List<LogLine>>> readings = new ConcurrentHashMap<>();

  public EngineLogs(Engine engine, Instant since) {
    this.engine = requireNonNull(engine, "engine is null");
    this.since = requireNonNull(since, "since is null");
  }

  Engine engine() {
    return engine;
  }

  /**
   * What a container has written.
   *
   * @param asOf by {@link System#nanoTime}; whatever had been written by then is in it
   * @throws BackendException if the engine cannot read it, for example for its logging driver
   */
  List<LogLine> of(Container container, long asOf) {
    return readings
        .computeIfAbsent(container.id(), id -> new Recent<>(() -> read(container)))
        .get(asOf);
  }

  private List<LogLine> read(Container container) {
    try {
      return engine.logs(container.id(), since);
    } catch (Problem e) {
      throw BackendException.unreadable(container.name(), e.getMessage(), e);
    }
  }
}
