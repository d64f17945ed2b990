package dev.platformkit.shop.gateway;

import static java.util.Comparator.comparing;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.platformkit.kit.http.Route;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes of all services that are found: each is asked for its contract when it is heard of,
 * and from time to time, since a newer one may offer more. A service that has gone keeps its
 * routes; who asks is told that it does not answer, which is more than that nothing is there.
 */
final class Discovery implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Discovery.class);
  private static final Duration AGAIN = Duration.ofSeconds(30);
  private static final Duration RETRY = Duration.ofMillis(500);

  private final Function<String, List<ServiceDescriptor>> contracts;
  private final BiFunction<String, ServiceDescriptor, List<Route>> routing;
  private final Map<String, List<Route>> byService = new TreeMap<>();
  private final Set<String> names = new TreeSet<>();
  private final ScheduledExecutorService turn =
      Executors.newSingleThreadScheduledExecutor(
          new ThreadFactoryBuilder().setDaemon(true).setNameFormat("discovery").build());
  private volatile List<Route> routes = List.of();

  /**
   * @param contracts asks a service what it offers
   * @param routing makes routes to a service of what it offers
   */
  Discovery(
      Function<String, List<ServiceDescriptor>> contracts,
      BiFunction<String, ServiceDescriptor, List<Route>> routing) {
    this.contracts = contracts;
    this.routing = routing;
  }

  /** What can be asked at this moment. */
  List<Route> routes() {
    return routes;
  }

  /** These services are there now. */
  void found(Set<String> now) {
    turn.execute(
        () -> now.stream().filter(names::add).forEach(name -> turn.execute(() -> look(name))));
  }

  @Override
  public void close() {
    turn.shutdownNow();
  }

  private void look(String name) {
    boolean known = byService.containsKey(name);
    try {
      List<Route> offered = new ArrayList<>();
      for (ServiceDescriptor service : contracts.apply(name)) {
        offered.addAll(routing.apply(name, service));
      }
      if (!known) {
        log.info("{} offers {} routes", name, offered.size());
      }
      byService.put(name, offered);
      routes = together();
      known = true;
    } catch (StatusRuntimeException e) {
      log.debug("{} does not tell what it offers: {}", name, e.getMessage());
    } catch (RuntimeException e) {
      log.error("what {} offers makes no sense", name, e);
    }
    // What goes wrong in a look is told above; shutting down ends them.
    Future<?> unused =
        turn.schedule(() -> look(name), (known ? AGAIN : RETRY).toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Where two services offer the same, the first by name has it; fixed paths before variables. */
  private List<Route> together() {
    Map<String, Route> first = new LinkedHashMap<>();
    byService.forEach(
        (name, offered) -> {
          for (Route route : offered) {
            Route other = first.putIfAbsent(shape(route), route);
            if (other != null && !offered.contains(other)) {
              log.warn(
                  "{} {} of {} is offered by another service already",
                  route.method(),
                  route.template(),
                  name);
            }
          }
        });
    return first.values().stream()
        .sorted(comparing((Route route) -> route.template().replace('{', '~')))
        .toList();
  }

  /** What a route is asked for by, whatever its variables are called. */
  private static String shape(Route route) {
    return route.method() + " " + route.template().replaceAll("\\{[^}]+}", "{}");
  }
}
