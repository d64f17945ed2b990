package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Prometheus;
import dev.platformkit.backend.Prometheus.Series;
import dev.platformkit.verify.journey.Proof;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last raw sample of each series before a journey's first step.
 *
 * @param problem why there is none
 */
public record Baseline(Map<Map<String, String>, Double> values, Optional<String> problem) {
  private static final Duration BACK = Duration.ofMinutes(3);

  public Baseline {
    values = Map.copyOf(values);
    requireNonNull(problem, "problem is null");
  }

  /** No baseline, for a reason. */
  public static Baseline none(String problem) {
    return new Baseline(Map.of(), Optional.of(problem));
  }

  /**
   * Reads it. A series that is not there has the value 0, provided that its job was scraped: a
   * counter appears with its first event.
   */
  public static Baseline read(Prometheus prometheus, Proof.Metric metric) {
    String job = metric.job().orElseThrow();
    List<Series> up = prometheus.raw("up{job=\"" + job + "\"}", BACK);
    if (up.stream().flatMap(s -> s.samples().stream()).noneMatch(s -> s.value() == 1)) {
      return none("job " + job + " has not been scraped");
    }
    Map<Map<String, String>, Double> values = new HashMap<>();
    for (Series series : prometheus.raw(metric.query(), BACK)) {
      if (!series.samples().isEmpty()) {
        values.put(series.labels(), series.samples().get(series.samples().size() - 1).value());
      }
    }
    return new Baseline(values, Optional.empty());
  }

  double value(Map<String, String> series) {
    return values.getOrDefault(series, 0.0);
  }
}
