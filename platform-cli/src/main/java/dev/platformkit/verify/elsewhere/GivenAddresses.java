package dev.platformkit.verify.elsewhere;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.HttpServer;
import dev.platformkit.engine.Container;
import dev.platformkit.stack.Service;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.NotPartOfPlatformException;
import dev.platformkit.verify.NotRunningException;
import dev.platformkit.verify.OutOfReachException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.OkHttpClient;

/** Where the servers of a platform are reached that runs elsewhere, as a target file says. */
final class GivenAddresses implements Addresses {
  private final Target target;
  private final OkHttpClient client;
  private final Map<String, String> overrides;
  private final Set<String> outOfReach;

  /**
   * The addresses of a run.
   *
   * @param overrides URLs given by hand, by service
   * @param outOfReach the servers that did not let us in at the run's start
   */
  GivenAddresses(
      Target target, OkHttpClient client, Map<String, String> overrides, Set<String> outOfReach) {
    this.target = requireNonNull(target, "target is null");
    this.client = requireNonNull(client, "client is null");
    this.overrides = Map.copyOf(overrides);
    this.outOfReach = Set.copyOf(outOfReach);
  }

  @Override
  public Service service(String name) {
    throw new NotPartOfPlatformException(name, "is known only to its stack's file");
  }

  @Override
  public List<Container> containers(String service) {
    return List.of();
  }

  @Override
  public HttpServer server(String service, int containerPort) {
    Endpoint endpoint =
        TargetBackend.of(service)
            .map(target.backends()::get)
            .orElseThrow(
                () ->
                    new NotPartOfPlatformException(
                        service, "is left out: " + target.file() + " does not name it"));
    if (TargetBackend.of(service).orElseThrow().port() != containerPort) {
      throw new NotPartOfPlatformException(
          service, "is only asked for what it holds, so not on port " + containerPort);
    }
    return reachable(endpoint);
  }

  @Override
  public HttpServer server(Container container, int containerPort) {
    throw new NotRunningException(container.service(), "no engine is asked");
  }

  @Override
  public HttpServer target(String service) {
    String given = overrides.get(service);
    if (given != null) {
      return HttpServer.at(client, service, given.endsWith("/") ? given : given + "/");
    }
    Endpoint endpoint = target.services().get(service);
    if (endpoint == null) {
      throw new NotPartOfPlatformException(
          service, "is left out: " + target.file() + " does not name it");
    }
    return reachable(endpoint);
  }

  @Override
  public String logIndices() {
    return target.logIndices();
  }

  /** Lets nobody wait again for what did not answer at the run's start. */
  private HttpServer reachable(Endpoint endpoint) {
    if (outOfReach.contains(endpoint.name())) {
      throw new OutOfReachException(endpoint.name(), Reachability.ID);
    }
    return endpoint.on(client);
  }
}
