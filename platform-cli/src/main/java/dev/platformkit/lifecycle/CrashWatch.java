package dev.platformkit.lifecycle;

import dev.platformkit.engine.Container;
import dev.platformkit.engine.ContainerEvent;
import dev.platformkit.stack.Service;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tells containers that end by themselves from those that somebody stopped: the engine says {@code
 * kill} before it stops or replaces a container, and nothing before a process just ends.
 */
final class CrashWatch {
  private final Map<String, Service> services;
  private final Map<String, Instant> started = new HashMap<>();
  private final Set<String> killed = new HashSet<>();
  private final Set<String> outOfMemory = new HashSet<>();
  private final List<Explanation.Crash> seen = new ArrayList<>();

  CrashWatch(List<Service> services) {
    this.services = services.stream().collect(Collectors.toMap(Service::name, Function.identity()));
  }

  /** Takes what the engine tells, in its order. */
  void saw(ContainerEvent event) {
    Service service = services.get(event.service());
    if (service == null) {
      return;
    }
    String id = event.containerId();
    switch (event.action()) {
      case "start" -> {
        started.put(id, event.time());
        killed.remove(id);
        outOfMemory.remove(id);
      }
      case "kill" -> killed.add(id);
      case "oom" -> outOfMemory.add(id);
      case "die" -> died(event, service);
      default -> {}
    }
  }

  private void died(ContainerEvent event, Service service) {
    String id = event.containerId();
    int exitCode = event.exitCode().orElse(0);
    boolean done = exitCode == 0 && Judge.runsOnce(service);
    if (!killed.contains(id) && !done) {
      seen.add(
          new Explanation.Crash(
              service,
              id,
              exitCode,
              outOfMemory.contains(id),
              Optional.ofNullable(started.get(id)),
              event.time()));
    }
  }

  /** Takes the start times of containers that started before we watched. */
  void update(List<Container> containers) {
    containers.forEach(c -> c.started().ifPresent(time -> started.putIfAbsent(c.id(), time)));
  }

  /** Every container that ended by itself, in the order in which they did. */
  List<Explanation.Crash> seen() {
    return List.copyOf(seen);
  }
}
