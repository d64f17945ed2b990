package dev.platformkit.verify;

import dev.platformkit.backend.HttpServer;
import dev.platformkit.engine.Container;
import dev.platformkit.engine.Container.State;
import dev.platformkit.stack.Service;
import java.util.List;
import java.util.Locale;

/**
 * Where the servers and services of a platform are reached, for probes that need not know whether
 * an engine published them or somebody wrote their URLs down. Safe for use by several threads.
 */
public interface Addresses {
  /**
   * A service as its stack defines it.
   *
   * @throws NotPartOfPlatformException if no stack of the platform does
   */
  Service service(String name);

  /** Every container of a service, whatever it does; none where there is no engine to ask. */
  List<Container> containers(String service);

  /** The containers of a service that run; none where there is no engine to ask. */
  default List<Container> running(String service) {
    return containers(service).stream().filter(c -> c.state() == State.RUNNING).toList();
  }

  /**
   * A port of a service's first running container, or what stands for it elsewhere.
   *
   * @throws NotPartOfPlatformException if the platform is without the service, or that port of it
   *     is not to be asked
   * @throws NotRunningException if it is known that it cannot be asked now
   */
  HttpServer server(String service, int containerPort);

  /** A port of a container that runs. */
  HttpServer server(Container container, int containerPort);

  /**
   * Where requests of users go to a service: the URL given by hand, else the port that it opens,
   * else the lowest that it publishes.
   */
  HttpServer target(String service);

  /** Which indices of Elasticsearch hold log lines, as it names them in a path. */
  default String logIndices() {
    return "filebeat-*,rejected-logs";
  }

  /** A container's state for a person, for example {@code exited (137, out of memory)}. */
  static String state(Container container) {
    String state = container.state().name().toLowerCase(Locale.ROOT);
    if (container.state() != State.EXITED && container.state() != State.DEAD) {
      return state;
    }
    String memory = container.oomKilled() ? ", out of memory" : "";
    return state + " (" + container.exitCode() + memory + ")";
  }
}
