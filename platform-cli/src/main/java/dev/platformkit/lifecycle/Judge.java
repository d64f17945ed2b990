package dev.platformkit.lifecycle;

import dev.platformkit.engine.Container;
import dev.platformkit.engine.Container.Health;
import dev.platformkit.engine.Container.State;
import dev.platformkit.stack.Readiness;
import dev.platformkit.stack.Service;
import java.util.List;
import java.util.Optional;

/** Says whether a service is ready, and if not, why: by what the engine sees, then by asking. */
final class Judge {
  private final Asker asker;

  Judge(Asker asker) {
    this.asker = asker;
  }

  /** Why a service with these containers is not ready; empty when it is. */
  Optional<String> cause(Service service, List<Container> containers) {
    if (containers.isEmpty()) {
      return Optional.of("it has no container");
    }
    return containers.stream()
        .flatMap(
            container ->
                cause(service, container)
                    .map(why -> containers.size() == 1 ? why : container.name() + ": " + why)
                    .stream())
        .findFirst();
  }

  private Optional<String> cause(Service service, Container container) {
    if (container.state() != State.RUNNING) {
      return causeOfState(service, container);
    }
    if (service.ready() instanceof Readiness.Http http) {
      Integer port = container.ports().get(http.port());
      return port == null
          ? Optional.of("its port " + http.port() + " is not published, so it cannot be asked")
          : asker.ask(http, port);
    }
    return service.ready() instanceof Readiness.ContainerHealth
        ? causeOfHealth(container.health())
        : Optional.empty();
  }

  private static Optional<String> causeOfState(Service service, Container container) {
    return switch (container.state()) {
      case RUNNING -> Optional.empty();
      case CREATED -> Optional.of("created and not started");
      case PAUSED -> Optional.of("paused");
      case RESTARTING ->
          Optional.of(
              "restarting after " + Ending.of(container, service) + restarts(container.restarts()));
      case REMOVING -> Optional.of("being removed");
      case DEAD -> Optional.of("dead: " + Ending.of(container, service));
      case EXITED ->
          isDone(service, container)
              ? Optional.empty()
              : Optional.of("exited: " + Ending.of(container, service));
    };
  }

  private static String restarts(int restarts) {
    return restarts == 0 ? "" : ", " + Amounts.count(restarts, "restart");
  }

  private static Optional<String> causeOfHealth(Health health) {
    return switch (health) {
      case HEALTHY -> Optional.empty();
      case STARTING -> Optional.of("its health check has not passed yet");
      case UNHEALTHY -> Optional.of("its health check fails");
      case NONE -> Optional.of("it has no health check, which its x-platform.ready asks for");
    };
  }

  /** Whether a container that runs once has done what it was for. */
  static boolean isDone(Service service, Container container) {
    return container.state() == State.EXITED && container.exitCode() == 0 && runsOnce(service);
  }

  /** Whether a service is meant to end: the engine does not restart it. */
  static boolean runsOnce(Service service) {
    return service.definition().get("restart").map(r -> r.asText().equals("no")).orElse(true);
  }
}
