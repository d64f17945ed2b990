package dev.platformkit.kit.config;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a service's configuration its types:
 *
 * <pre>
 * Setting&lt;Integer&gt; pageSize = settings.whole("page-size", 20, 1, 100);
 * … pageSize.get() …
 * </pre>
 *
 * A value that is no good is refused: the last good one stays in force, a log line says why, {@code
 * config_refused_total} counts it, and {@code config_last_good} is 1 for as long as it stands. A
 * key that is not written, or written no more, has its default.
 */
public final class Settings {
  private static final Logger log = LoggerFactory.getLogger(Settings.class);

  private final LiveConfig config;
  private final String service;
  private final Counter refused;
  private final Gauge lastGood;

  public Settings(LiveConfig config, String service, CollectorRegistry metrics) {
    this.config = config;
    this.service = service;
    refused =
        Counter.build("config_refused", "Values that were written and refused, by key")
            .labelNames("service", "key")
            .register(metrics);
    lastGood =
        Gauge.build(
                "config_last_good",
                "1 while the value that is written is refused and the last good one is in force")
            .labelNames("service", "key")
            .register(metrics);
  }

  /**
   * The value under a key.
   *
   * @param read makes a value of what is written, or throws IllegalArgumentException, which says
   *     what is wrong with it
   */
  public <T> Setting<T> of(String key, T otherwise, Function<String, T> read) {
    Live<T> live = new Live<>(key, otherwise, read);
    config.follow(live::written);
    return live;
  }

  /** A whole number within limits, both included. */
  public Setting<Integer> whole(String key, int otherwise, int least, int most) {
    return of(
        key,
        otherwise,
        text -> {
          if (text.matches("-?\\d{1,9}")) {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
              return value;
            }
          }
          throw new IllegalArgumentException("not a whole number from " + least + " to " + most);
        });
  }

  /** {@code true} or {@code false}. */
  public Setting<Boolean> flag(String key, boolean otherwise) {
    return of(
        key,
        otherwise,
        text -> {
          if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
          }
          throw new IllegalArgumentException("neither true nor false");
        });
  }

  private final class Live<T> implements Setting<T> {
    private final String key;
    private final T otherwise;
    private final Function<String, T> read;
    private final List<Consumer<T>> followers = new ArrayList<>();
    private final Counter.Child refusals;
    private final Gauge.Child keptLastGood;
    private Optional<String> last = Optional.empty();
    private volatile T inForce;

    Live(String key, T otherwise, Function<String, T> read) {
      this.key = key;
      this.otherwise = otherwise;
      this.read = read;
      inForce = otherwise;
      refusals = refused.labels(service, key);
      keptLastGood = lastGood.labels(service, key);
    }

    @Override
    public T get() {
      return inForce;
    }

    @Override
    public synchronized void follow(Consumer<T> follower) {
      followers.add(follower);
      follower.accept(inForce);
    }

    synchronized void written(Map<String, String> values) {
      Optional<String> now = Optional.ofNullable(values.get(key)).map(String::strip);
      if (now.equals(last)) {
        return;
      }
      last = now;
      try {
        T value = now.map(read).orElse(otherwise);
        keptLastGood.set(0);
        log.info("configuration: {} is now {}", key, value);
        if (!value.equals(inForce)) {
          inForce = value;
          followers.forEach(follower -> follower.accept(value));
        }
      } catch (IllegalArgumentException e) {
        refusals.inc();
        keptLastGood.set(1);
        log.warn(
            "configuration: {}={} is refused, {} stays in force: {}",
            key,
            now.orElse(""),
            inForce,
            e.getMessage());
      }
    }
  }
}
