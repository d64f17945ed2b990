package dev.platformkit.verify.flow;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.BackendException;
import dev.platformkit.backend.Exposition;
import dev.platformkit.backend.Prometheus;
import dev.platformkit.engine.Container;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.NotPartOfPlatformException;
import dev.platformkit.verify.NotRunningException;
import dev.platformkit.verify.Recent;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many spans have flowed since a run began, by what services' SDKs and the collector tell of
 * themselves. A service that tells nothing is not in it. Safe for use by several threads.
 */
public final class SpanFlow {
  /** Whose spans are verify's own. */
  public static final String PROBE = "platform-probe";

  public static final String COLLECTOR = "jaeger";

  private static final int COLLECTOR_METRICS = 8888;
  private static final int ADMIN = 9464;
  private static final Duration SEEN = Duration.ofMinutes(1);
  private static final Pattern INSTANCE = Pattern.compile("([\\w.-]+):(\\d+)");

  private final Addresses addresses;
  private final Map<String, Integer> ports;
  private final Recent<Map<String, String>> pages = new Recent<>(this::read);
  private final Recent<Moving> moving = new Recent<>(() -> new Moving(now(), now()));
  private final Instant begun = Instant.now();
  private final Snapshot start;

  /**
   * The counts at one moment.
   *
   * @param services of each service that tells of its spans, all its containers together
   * @param collector absent where it cannot be asked
   */
  public record Snapshot(Map<String, SpanCounts> services, Optional<SpanCounts> collector) {
    public Snapshot {
      services = Map.copyOf(services);
      requireNonNull(collector, "collector is null");
    }

    /** Of all services together. */
    public SpanCounts all() {
      return services.values().stream().reduce(SpanCounts.NONE, SpanCounts::plus);
    }
  }

  /**
   * What was counted at two moments, one right after the other: what has not changed is at rest.
   */
  public record Moving(Snapshot before, Snapshot now) {
    public Moving {
      requireNonNull(before, "before is null");
      requireNonNull(now, "now is null");
    }
  }

  private SpanFlow(Addresses addresses, Map<String, Integer> ports) {
    this.addresses = requireNonNull(addresses, "addresses is null");
    this.ports = Map.copyOf(ports);
    Optional<SpanCounts> collector = collector();
    this.start = new Snapshot(services(), collector);
  }

  /**
   * Counts from now on.
   *
   * @param services that are asked whether Prometheus knows of their spans already or not
   */
  public static SpanFlow start(Addresses addresses, Collection<String> services) {
    Map<String, Integer> ports = new TreeMap<>();
    services.forEach(service -> ports.put(service, ADMIN));
    ports.putAll(scraped(addresses));
    return new SpanFlow(addresses, ports);
  }

  /** The port at which Prometheus found spans to be counted, by service. */
  private static Map<String, Integer> scraped(Addresses addresses) {
    Map<String, Integer> found = new HashMap<>();
    try {
      Prometheus prometheus = new Prometheus(addresses.server("prometheus", 9090));
      String counters = "{__name__=~\"otel_sdk_span_(ended|started)(_total)?\"}";
      for (Prometheus.Series series : prometheus.raw(counters, SEEN)) {
        Matcher instance = INSTANCE.matcher(series.labels().getOrDefault("instance", ""));
        if (instance.matches() && !addresses.containers(instance.group(1)).isEmpty()) {
          found.put(instance.group(1), Integer.parseInt(instance.group(2)));
        }
      }
    } catch (BackendException | NotRunningException | NotPartOfPlatformException e) {
      return Map.of(); // then only those that were named are asked
    }
    return found;
  }

  /** Since when is counted. */
  public Instant begun() {
    return begun;
  }

  /** What was counted when this was started. */
  public Snapshot start() {
    return start;
  }

  /** What is counted by now. What was exported before is then among what the collector took. */
  public Snapshot now() {
    Map<String, SpanCounts> services = services();
    return new Snapshot(services, collector());
  }

  /** Two counts by now, made once for all who look for what was lost at the same time. */
  public Moving moving() {
    return moving.get();
  }

  /** What a service has counted since the start; empty where it does not tell, or has restarted. */
  public Optional<SpanCounts> since(String service, Snapshot now) {
    return since(
        Optional.ofNullable(start.services().get(service)),
        Optional.ofNullable(now.services().get(service)));
  }

  /** What the collector has counted since the start. */
  public Optional<SpanCounts> collectorSince(Snapshot now) {
    return since(start.collector(), now.collector());
  }

  /** The services, or the collector, whose counters began anew since the start. */
  public Set<String> restarted(Snapshot now) {
    Set<String> restarted = new TreeSet<>();
    now.services()
        .forEach(
            (service, counts) -> {
              SpanCounts then = start.services().get(service);
              if (then != null && !counts.continues(then)) {
                restarted.add(service);
              }
            });
    if (start.collector().isPresent()
        && now.collector().isPresent()
        && !now.collector().get().continues(start.collector().get())) {
      restarted.add(COLLECTOR);
    }
    return restarted;
  }

  private static Optional<SpanCounts> since(Optional<SpanCounts> then, Optional<SpanCounts> now) {
    return now.filter(counts -> then.isPresent() && counts.continues(then.get()))
        .map(counts -> counts.minus(then.orElseThrow()));
  }

  private Map<String, SpanCounts> services() {
    Map<String, SpanCounts> counts = new HashMap<>();
    ports.forEach(
        (service, port) -> {
          for (Container container : addresses.running(service)) {
            ask(() ->
                    SpanCounts.ofSdk(
                        Exposition.only(addresses.server(container, port), SpanCounts.OF_SDK)))
                .ifPresent(found -> counts.merge(service, found, SpanCounts::plus));
          }
        });
    return counts;
  }

  /** What the services show at {@code /metrics}, by container; of those that can be asked. */
  public Map<String, String> pages() {
    return pages.get();
  }

  private Map<String, String> read() {
    Map<String, String> pages = new TreeMap<>();
    ports.forEach(
        (service, port) -> {
          for (Container container : addresses.running(service)) {
            ask(() -> Optional.of(Exposition.of(addresses.server(container, port)).text()))
                .ifPresent(text -> pages.put(container.name(), text));
          }
        });
    return pages;
  }

  private Optional<SpanCounts> collector() {
    return ask(
        () ->
            SpanCounts.ofCollector(Exposition.of(addresses.server(COLLECTOR, COLLECTOR_METRICS))));
  }

  private static <T> Optional<T> ask(Supplier<Optional<T>> question) {
    try {
      return question.get();
    } catch (BackendException | NotRunningException | NotPartOfPlatformException e) {
      return Optional.empty(); // who cannot be asked tells nothing
    }
  }
}
