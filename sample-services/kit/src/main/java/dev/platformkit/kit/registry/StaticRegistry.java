package dev.platformkit.kit.registry;

import dev.platformkit.kit.Stopping;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registry that needs no server, since where everybody is has been said beforehand. Hosts are
 * looked up again and again, and each address of a name is an instance: so a name of Compose's
 * network or a headless Kubernetes service will do. It does not know who is healthy; that the
 * caller asks over the connection itself.
 */
public final class StaticRegistry implements Registry {
  private static final Logger log = LoggerFactory.getLogger(StaticRegistry.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Map<String, List<Endpoint>> instances;
  private final Lookup lookup;

  public StaticRegistry(Map<String, List<Endpoint>> instances) {
    this(instances, StaticRegistry::addresses);
  }

  StaticRegistry(Map<String, List<Endpoint>> instances, Lookup lookup) {
    this.instances = Map.copyOf(instances);
    this.lookup = lookup;
  }

  /** Finds a host's addresses. */
  interface Lookup {
    List<String> of(String host) throws UnknownHostException;
  }

  @Override
  public Registration register(Instance instance) {
    return new Known();
  }

  @Override
  public Watch watch(String service, Listener listener) {
    Stopping stopping = new Stopping();
    List<Endpoint> said = instances.getOrDefault(service, List.of());
    Thread thread = new Thread(() -> follow(said, listener, stopping), "watch-" + service);
    thread.setDaemon(true);
    thread.start();
    return stopping::now;
  }

  @Override
  public Watch watchNames(Consumer<Set<String>> names) {
    names.accept(instances.keySet());
    return () -> {};
  }

  private void follow(List<Endpoint> said, Listener listener, Stopping stopping) {
    Optional<List<Endpoint>> last = Optional.empty();
    boolean answering = true;
    do {
      List<Endpoint> found = new ArrayList<>();
      Optional<UnknownHostException> failure = find(said, found);
      List<Endpoint> now = found.stream().sorted().distinct().toList();
      if (stopping.told()) {
        return;
      }
      if (failure.isPresent() && answering) {
        log.warn("no such host, trying on: {}", failure.get().getMessage());
      }
      if (failure.isPresent() && now.isEmpty()) {
        if (answering) {
          listener.unknown(failure.get());
        }
      } else if (!last.equals(Optional.of(now))) {
        last = Optional.of(now);
        listener.healthy(now);
      }
      answering = failure.isEmpty();
    } while (!stopping.within(LOOK_EVERY));
  }

  private Optional<UnknownHostException> find(List<Endpoint> said, List<Endpoint> found) {
    Optional<UnknownHostException> failure = Optional.empty();
    for (Endpoint each : said) {
      try {
        lookup.of(each.host()).forEach(host -> found.add(new Endpoint(host, each.port())));
      } catch (UnknownHostException e) {
        failure = Optional.of(e);
      }
    }
    return failure;
  }

  private static List<String> addresses(String host) throws UnknownHostException {
    return Arrays.stream(InetAddress.getAllByName(host)).map(InetAddress::getHostAddress).toList();
  }

  /** Whoever looks here was told already. */
  private static final class Known implements Registration {
    private volatile Optional<Instant> since = Optional.of(Instant.now());

    @Override
    public Optional<Instant> acknowledged() {
      return since;
    }

    @Override
    public void close() {
      since = Optional.empty();
    }
  }

  /**
   * Instances as they are written, {@code product=10.0.0.1:50051,10.0.0.2:50051 cart=cart:50051}.
   *
   * @throws IllegalArgumentException quoting what makes no sense
   */
  public static Map<String, List<Endpoint>> written(String text) {
    Map<String, List<Endpoint>> instances = new TreeMap<>();
    for (String service : text.strip().split("\\s+", -1)) {
      int equals = service.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(service + " is not SERVICE=HOST:PORT");
      }
      instances.put(
          service.substring(0, equals),
          Stream.of(service.substring(equals + 1).split(",", -1))
              .map(StaticRegistry::endpoint)
              .toList());
    }
    return instances;
  }

  private static Endpoint endpoint(String text) {
    int colon = text.lastIndexOf(':');
    if (colon > 0 && text.substring(colon + 1).matches("\\d{1,5}")) {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (port > 0 && port <= 65535) {
        return new Endpoint(text.substring(0, colon), port);
      }
    }
    throw new IllegalArgumentException(text + " is not HOST:PORT");
  }
}
