package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.BackendException;
import dev.platformkit.backend.HttpAnswer;
import dev.platformkit.backend.HttpCall;
import dev.platformkit.backend.HttpServer;
import dev.platformkit.engine.Container;
import dev.platformkit.engine.Container.Health;
import dev.platformkit.engine.Container.State;
import dev.platformkit.stack.Readiness;
import dev.platformkit.stack.Service;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import java.time.Duration;
import java.util.List;

/** Every container of a service runs, and the service is ready as its stack says. */
final class ServiceProbe implements Probe {
  private final Service service;
  private final Addresses addresses;

  ServiceProbe(Service service, Addresses addresses) {
    this.service = requireNonNull(service, "service is null");
    this.addresses = requireNonNull(addresses, "addresses is null");
  }

  @Override
  public String id() {
    return "platform/containers";
  }

  @Override
  public String subject() {
    return service.name();
  }

  @Override
  public String expected() {
    if (service.ready() instanceof Readiness.Http http) {
      return "running, and GET %s on %d answers 2xx%s"
          .formatted(
              http.path(), http.port(), http.body().map(b -> " with \"" + b + "\"").orElse(""));
    }
    return service.ready() instanceof Readiness.ContainerHealth ? "running and healthy" : "running";
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(5);
  }

  @Override
  public Finding look() {
    List<Container> containers = addresses.containers(service.name());
    if (containers.isEmpty()) {
      return Finding.fail(service.name() + " has no container").link("platform up");
    }
    for (Container container : containers) {
      if (container.state() != State.RUNNING) {
        return Finding.fail(container.name() + " is " + Addresses.state(container))
            .link("platform logs " + service.name());
      }
    }
    if (service.ready() instanceof Readiness.Http http) {
      return ask(containers, http);
    }
    if (service.ready() instanceof Readiness.ContainerHealth) {
      return containers.stream()
          .filter(c -> c.health() != Health.HEALTHY)
          .findFirst()
          .map(c -> Finding.fail(c.name() + " is running, its health check is " + c.health()))
          .orElse(Finding.pass("healthy"));
    }
    return Finding.pass("running");
  }

  /** A service that runs and does not answer is bad, not unknown. */
  private Finding ask(List<Container> containers, Readiness.Http http) {
    for (Container container : containers) {
      HttpServer server = addresses.server(container, http.port());
      HttpAnswer answer;
      try {
        answer = server.send(HttpCall.get(http.path()));
      } catch (BackendException e) {
        return Finding.missing(container.name() + " runs and does not answer: " + e.getMessage());
      }
      if (!answer.isGood() || !answer.body().contains(http.body().orElse(""))) {
        return Finding.missing(
            "%s runs and is not ready: %s answers %s"
                .formatted(container.name(), server.url(http.path()), answer.summary()));
      }
    }
    return Finding.pass("ready");
  }
}
