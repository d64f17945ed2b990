package dev.platformkit.kit.registry;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Where instances of services make themselves known, and where others find them. */
public interface Registry {
  /**
   * Makes an instance known and keeps it known until the registration is closed, also when the
   * registry is not there yet, or forgets everything.
   */
  Registration register(Instance instance);

  /**
   * Tells the listener which instances of a service are healthy: as soon as that is known, and at
   * every change, until the watch is closed. A service that nobody knows has no healthy instances.
   * Instances come in one order, none twice.
   */
  Watch watch(String service, Listener listener);

  /**
   * Tells the names of all services that take calls over gRPC, and of which there is any instance:
   * as soon as they are known, and at every change, until the watch is closed.
   */
  Watch watchNames(Consumer<Set<String>> names);

  /** An instance that is kept known. */
  interface Registration extends AutoCloseable {
    /** Since when the registry has known the instance without a break, if it does. */
    Optional<Instant> acknowledged();

    /** Takes the instance out of the registry. */
    @Override
    void close();
  }

  /** An interest in a service's instances. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /** Hears of a service's instances. */
  interface Listener {
    void healthy(List<Endpoint> endpoints);

    /** The registry could not be asked; what was heard before is the best that is known. */
    void unknown(Exception cause);
  }

  /** Where an instance takes calls. */
  record Endpoint(String host, int port) implements Comparable<Endpoint> {
    private static final Comparator<Endpoint> ORDER =
        Comparator.comparing(Endpoint::host).thenComparing(Endpoint::port);

    public Endpoint {
      requireNonNull(host, "host is null");
    }

    @Override
    public int compareTo(Endpoint other) {
      return ORDER.compare(this, other);
    }
  }
}
