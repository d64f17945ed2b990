package dev.platformkit.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.platformkit.engine.Container;
import dev.platformkit.engine.Container.State;
import dev.platformkit.engine.EngineControl;
import dev.platformkit.problem.Problem;
import dev.platformkit.stack.Service;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Containers that run with mounted files that are not what they were: a server that can read them
 * again is told to, any other is restarted.
 */
final class Outdated {
  private static final int PATIENCE_SECONDS = 10;

  private final EngineControl engine;
  private final Reloader reloader;
  private final Map<String, Service> services = new TreeMap<>();
  private final Map<String, String> restarted = new TreeMap<>();
  private final Map<String, String> reloaded = new TreeMap<>();
  private final Map<String, String> refusals = new ConcurrentHashMap<>();

  Outdated(EngineControl engine, Reloader reloader, Collection<Service> services) {
    this.engine = requireNonNull(engine, "engine is null");
    this.reloader = requireNonNull(reloader, "reloader is null");
    services.forEach(service -> this.services.put(service.name(), service));
  }

  /**
   * Sees to those of some containers, all of which still run as they did when they were listed.
   *
   * @throws Problem exit 1 when a server refuses its files
   */
  void refresh(List<Container> running, LoadedContent content) {
    Map<Container, String> files = new HashMap<>();
    for (Container container : running) {
      if (container.state() == State.RUNNING) {
        content.changedSinceRead(container).ifPresent(file -> files.put(container, file));
      }
    }
    files.forEach(
        (container, file) ->
            (content.isSeen(file, container) && reload(container).isPresent()
                    ? reloaded
                    : restarted)
                .put(container.service(), file));
    Up.forEach(List.copyOf(files.keySet()), this::refresh);
    if (!refusals.isEmpty()) {
      Map.Entry<String, String> first = new TreeMap<>(refusals).firstEntry();
      throw Problem.bad(first.getKey() + " refused what was changed, and goes on as before")
          .detail("changed: " + reloaded.get(first.getKey()))
          .detail("it says: " + first.getValue())
          .tryCommand("platform validate")
          .tryCommand("platform logs " + first.getKey());
    }
  }

  private void refresh(Container container) {
    if (restarted.containsKey(container.service())) {
      engine.restart(container.id(), PATIENCE_SECONDS);
      return;
    }
    Service.Reload reload = reload(container).orElseThrow();
    reloader
        .reload(reload, container.ports().get(reload.port()))
        .ifPresent(refusal -> refusals.put(container.service(), refusal));
  }

  private Optional<Service.Reload> reload(Container container) {
    return services
        .get(container.service())
        .reload()
        .filter(how -> container.ports().containsKey(how.port()));
  }

  /** Those of some containers that run with what the files hold now. */
  List<Container> without(Collection<Container> containers) {
    return containers.stream().filter(c -> !refusals.containsKey(c.service())).toList();
  }

  /** What was restarted, and for which file. */
  Map<String, String> restarted() {
    return restarted;
  }

  /** What has read its files again, and which was new. */
  Map<String, String> reloaded() {
    return reloaded;
  }
}
