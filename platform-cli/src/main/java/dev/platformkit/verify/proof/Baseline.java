package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Prometheus;
import dev.platformkit.backend.Prometheus.Series;
import dev.platformkit.verify.journey.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The raw sample of each series in the last scrape before a journey's first step.
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
   * Reads it. A series that the last scrape did not see has the value 0, provided that there was
   * one: a counter appears with its first event. What an earlier process of the service showed is
   * stored too, and counts for nothing.
   *
   * @param since when the service last started; scrapes from before tell nothing of it
   */
  public static Baseline read(Prometheus prometheus, Proof.Metric metric, Instant since) {
    String job = metric.job().orElseThrow();
    Map<String, Instant> scraped = new HashMap<>();
    for (Series up : prometheus.raw("up{job=\"" + job + "\"}", BACK)) {
      up.last()
          .filter(sample -> sample.value() == 1 && !sample.time().isBefore(since))
          .ifPresent(sample -> scraped.put(instance(up), sample.time()));
    }
    if (scraped.isEmpty()) {
      return none("job " + job + " has not been scraped since it started");
    }
    Map<Map<String, String>, Double> values = new HashMap<>();
    for (Series series : prometheus.raw(metric.query(), BACK)) {
      Instant lastScrape = scraped.getOrDefault(instance(series), Instant.MAX);
      series
          .last()
          .filter(sample -> !sample.time().isBefore(lastScrape))
          .ifPresent(sample -> values.put(series.labels(), sample.value()));
    }
    return new Baseline(values, Optional.empty());
  }

  private static String instance(Series series) {
    return series.labels().getOrDefault("instance", "");
  }

  /** A series and how it rose. */
  record Rise(Map<String, String> series, double before, double after, double by) {
    Rise {
      series = Map.copyOf(series);
    }
  }

  /** How series have risen since, by their samples after a moment; those that have one. */
  List<Rise> rises(List<Series> series, Instant moment) {
    List<Rise> rises = new ArrayList<>();
    for (Series each : series) {
      double before = values.getOrDefault(each.labels(), 0.0);
      each.lastAfter(moment)
          .map(Prometheus.Sample::value)
          .ifPresent(
              after -> rises.add(new Rise(each.labels(), before, after, rise(before, after))));
    }
    return rises;
  }

  /** A counter that is lower than before has started anew. */
  static double rise(double before, double after) {
    return after < before ? after : after - before;
  }

  /** What all series together had risen to. */
  double sum() {
    return values.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
