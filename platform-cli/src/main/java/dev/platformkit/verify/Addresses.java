package dev.platformkit.verify;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.HttpServer;
import dev.platformkit.engine.Container;
import dev.platformkit.engine.Container.State;
import dev.platformkit.stack.Service;
import dev.platformkit.stack.Stack;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;

/** Where the services of a platform are reached from outside, as the engine published them. */
public final class Addresses {
  private final OkHttpClient client;
  private final List<Container> containers;
  private final Map<String, Service> services;
  private final Map<String, String> targets;

  /**
   * The addresses at the start of a run.
   *
   * @param containers every container of the platform
   * @param stacks what the platform was brought up with
   * @param targets URLs given by hand, by service
   */
  public Addresses(
      OkHttpClient client,
      List<Container> containers,
      List<Stack> stacks,
      Map<String, String> targets) {
    this.client = requireNonNull(client, "client is null");
    this.containers = List.copyOf(containers);
    this.services =
        stacks.stream()
            .flatMap(stack -> stack.services().stream())
            .collect(Collectors.toUnmodifiableMap(Service::name, service -> service));
    this.targets = Map.copyOf(targets);
  }

  /** A service as its stack defines it. */
  public Service service(String name) {
    Service service = services.get(name);
    if (service == null) {
      throw new NotPartOfPlatformException(name);
    }
    return service;
  }

  /** Every container of a service, whatever it does. */
  public List<Container> containers(String service) {
    return containers.stream().filter(c -> c.service().equals(service)).toList();
  }

  /** The containers of a service that run. */
  public List<Container> running(String service) {
    return containers(service).stream().filter(c -> c.state() == State.RUNNING).toList();
  }

  /**
   * A port of a service's first running container.
   *
   * @throws NotPartOfPlatformException if the platform was brought up without the service
   * @throws NotRunningException if none of its containers runs
   */
  public HttpServer server(String service, int containerPort) {
    return server(firstRunning(service), containerPort);
  }

  /** A port of a container that runs. */
  public HttpServer server(Container container, int containerPort) {
    Integer port = container.ports().get(containerPort);
    if (port == null) {
      throw new NotRunningException(
          container.service(), container.name() + " publishes no port " + containerPort);
    }
    return HttpServer.at(client, container.service(), "http://127.0.0.1:" + port + "/");
  }

  /**
   * Where requests of users go to a service: the URL given by hand, else the port that it opens,
   * else the lowest that it publishes.
   */
  public HttpServer target(String service) {
    String given = targets.get(service);
    if (given != null) {
      return HttpServer.at(client, service, given.endsWith("/") ? given : given + "/");
    }
    Service definition = service(service);
    Container container = firstRunning(service);
    int port =
        definition
            .open()
            .map(Service.Open::port)
            .or(() -> container.ports().keySet().stream().min(Comparator.naturalOrder()))
            .orElseThrow(
                () -> new NotRunningException(service, container.name() + " publishes no port"));
    return server(container, port);
  }

  /** A container's state for a person, for example {@code exited (137, out of memory)}. */
  public static String state(Container container) {
    String state = container.state().name().toLowerCase(Locale.ROOT);
    if (container.state() != State.EXITED && container.state() != State.DEAD) {
      return state;
    }
    String memory = container.oomKilled() ? ", out of memory" : "";
    return state + " (" + container.exitCode() + memory + ")";
  }

  private Container firstRunning(String service) {
    service(service);
    List<Container> running = running(service);
    if (running.isEmpty()) {
      throw new NotRunningException(
          service,
          containers(service).stream()
              .map(c -> c.name() + " is " + state(c))
              .findFirst()
              .orElse("it has no container"));
    }
    return running.get(0);
  }
}
