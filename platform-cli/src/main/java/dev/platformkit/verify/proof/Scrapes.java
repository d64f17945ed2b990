package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Prometheus;
import dev.platformkit.backend.Prometheus.Series;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Recent;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * When each job was scraped, asked for once by all proofs that wait for a scrape. Safe for use by
 * several threads.
 */
public final class Scrapes {
  private final Recent<List<Series>> up;

  /**
   * The scrapes of some jobs since a moment.
   *
   * @param start nothing earlier is asked about
   */
  public Scrapes(Addresses addresses, Collection<String> jobs, Instant start) {
    requireNonNull(addresses, "addresses is null");
    String query =
        jobs.stream()
            .map(job -> job.replaceAll("[^\\w-]", "."))
            .distinct()
            .collect(Collectors.joining("|", "up{job=~\"", "\"}"));
    requireNonNull(start, "start is null");
    up =
        new Recent<>(
            () ->
                new Prometheus(addresses.server("prometheus", 9090))
                    .raw(query, Duration.between(start, Instant.now()).plusSeconds(1)));
  }

  /** Whether any target of a job was scraped after a moment. */
  boolean anyAfter(String job, Instant moment) {
    return counts(job, moment, series -> true).anyMatch(count -> count > 0);
  }

  /**
   * How often a job was scraped well after a moment; the least of its targets. One that is down, or
   * gone, is not waited for.
   */
  int after(String job, Instant moment) {
    return (int)
        counts(
                job,
                moment,
                series -> series.last().map(sample -> sample.value() == 1).orElse(false))
            .min()
            .orElse(0);
  }

  private LongStream counts(String job, Instant moment, Predicate<Series> wanted) {
    return up.get().stream()
        .filter(wanted)
        .filter(series -> job.equals(series.labels().get("job")))
        .mapToLong(
            series ->
                series.samples().stream()
                    .filter(s -> s.time().isAfter(moment) && s.value() == 1)
                    .count());
  }
}
