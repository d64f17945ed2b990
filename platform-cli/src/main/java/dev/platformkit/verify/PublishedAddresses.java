package dev.platformkit.verify;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.HttpServer;
import dev.platformkit.engine.Container;
import dev.platformkit.stack.Service;
import dev.platformkit.stack.Stack;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;

/** Where the services of a platform are reached from outside, as the engine published them. */
public final class PublishedAddresses implements Addresses {
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
  public PublishedAddresses(
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

  @Override
  public Service service(String name) {
    Service service = services.get(name);
    if (service == null) {
      throw new NotPartOfPlatformException(name);
    }
    return service;
  }

  @Override
  public List<Container> containers(String service) {
    return containers.stream().filter(c -> c.service().equals(service)).toList();
  }

  @Override
  public HttpServer server(String service, int containerPort) {
    return server(firstRunning(service), containerPort);
  }

  @Override
  public HttpServer server(Container container, int containerPort) {
    Integer port = container.ports().get(containerPort);
    if (port == null) {
      throw new NotRunningException(
          container.service(), container.name() + " publishes no port " + containerPort);
    }
    return HttpServer.at(client, container.service(), "http://127.0.0.1:" + port + "/");
  }

  @Override
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

  private Container firstRunning(String service) {
    service(service);
    List<Container> running = running(service);
    if (running.isEmpty()) {
      throw new NotRunningException(
          service,
          containers(service).stream()
              .map(c -> c.name() + " is " + Addresses.state(c))
              .findFirst()
              .orElse("it has no container"));
    }
    return running.get(0);
  }
}
