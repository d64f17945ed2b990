package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.BackendException;
import dev.platformkit.backend.Prometheus;
import dev.platformkit.backend.Prometheus.Target;
import dev.platformkit.verify.Exposed;
import dev.platformkit.verify.NotPartOfPlatformException;
import dev.platformkit.verify.NotRunningException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Compares what a target shows, asked from outside, with what the scrape after that left in
 * Prometheus, name by name. A job that declares that it does not keep everything has to keep what
 * the project's own rules, dashboards and journeys name. Where a target cannot be asked from
 * outside, Prometheus's own count of what it left out has to do.
 */
final class KeptSeries {
  private static final int NAMED = 5;

  /** By how much a scrape's samples may be older than the time that is told of it. */
  private static final Duration BEFORE = Duration.ofSeconds(1);

  /** By how much more they may be where another job scraped them. */
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final ScrapeJobs.Job job;
  private final Exposed exposed;
  private final Supplier<Prometheus> prometheus;
  private final Set<String> needed;
  private Map<String, Integer> shown = Map.of();
  private Optional<Instant> asked = Optional.empty();
  private String unreachable = "";

  KeptSeries(
      ScrapeJobs.Job job, Exposed exposed, Supplier<Prometheus> prometheus, Set<String> needed) {
    this.job = requireNonNull(job, "job is null");
    this.exposed = requireNonNull(exposed, "exposed is null");
    this.prometheus = requireNonNull(prometheus, "prometheus is null");
    this.needed = Set.copyOf(needed);
  }

  /**
   * What one look at a target shows.
   *
   * @param known whether the target was asked, and scraped after that
   * @param missing what is not stored, for people; empty where all is
   */
  record Look(boolean known, int series, String missing) {}

  /**
   * Asks the target what it shows, once. Whatever it shows now is stored by any scrape after that,
   * so it is best asked early.
   */
  void ask(Target target) {
    if (asked.isPresent()) {
      return;
    }
    try {
      shown = exposed.at(target.url()).names();
    } catch (NotRunningException | NotPartOfPlatformException e) {
      unreachable = e.getMessage();
    } catch (BackendException e) {
      return; // asked again by the next look; whether it is up is Prometheus's to say
    }
    asked = Optional.of(Instant.now());
  }

  /** Compares, as soon as the target was asked and scraped after that. */
  Look look(Target target) {
    if (!unreachable.isEmpty()) {
      return counted();
    }
    if (asked.isEmpty() || !target.lastScrape().isAfter(asked.get())) {
      return new Look(false, 0, "");
    }
    Map<String, Integer> lost = lost(target);
    if (!lost.isEmpty()) {
      Map<String, Integer> now = exposed.at(target.url()).names();
      lost.keySet().removeIf(name -> !now.containsKey(name));
      shown =
          shown.entrySet().stream()
              .filter(e -> now.containsKey(e.getKey()))
              .collect(
                  Collectors.toMap(
                      Map.Entry::getKey, e -> Math.min(e.getValue(), now.get(e.getKey()))));
    }
    int series = shown.values().stream().mapToInt(Integer::intValue).sum();
    return new Look(true, series, inWords(lost));
  }

  private Map<String, Integer> lost(Target target) {
    Duration since = Duration.between(target.lastScrape(), Instant.now());
    Duration back = since.isNegative() ? BEFORE : since.plus(BEFORE);
    Map<String, Integer> stored = prometheus.get().names(selector(target), back);
    Map<String, Integer> lost = new TreeMap<>();
    shown.forEach(
        (name, count) -> {
          int missing = count - stored.getOrDefault(name, 0);
          if (missing > 0 && (!job.drops() || needed.contains(name))) {
            lost.put(name, missing);
          }
        });
    if (!lost.isEmpty() && job.drops()) {
      prometheus
          .get()
          .names(ofTarget(target), back.plus(INTERVAL))
          .forEach(
              (name, count) ->
                  lost.computeIfPresent(
                      name, (n, missing) -> shown.get(n) > count ? missing : null));
    }
    return lost;
  }

  /** Series are found by what their target is labelled with, unless they may say so themselves. */
  private String selector(Target target) {
    if (job.honorsLabels()) {
      return ofTarget(target);
    }
    return target.labels().entrySet().stream()
        .filter(e -> e.getKey().equals("job") || e.getKey().equals("instance"))
        .map(e -> e.getKey() + "=\"" + e.getValue() + "\"")
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** What any job has stored of a target; what was pushed to it is of no instance. */
  private static String ofTarget(Target target) {
    String instance = target.labels().getOrDefault("instance", "");
    return "{__name__!=\"\",instance=~\"" + instance.replace(".", "\\\\.") + "|\"}";
  }

  private Look counted() {
    String of = "{job=\"" + job.name() + "\"}";
    Map<String, Double> scraped = prometheus.get().values("scrape_samples_scraped" + of, "job");
    Map<String, Double> kept =
        prometheus.get().values("scrape_samples_post_metric_relabeling" + of, "job");
    double all = scraped.values().stream().mapToDouble(Double::doubleValue).sum();
    double left = kept.values().stream().mapToDouble(Double::doubleValue).sum();
    return new Look(
        true,
        (int) left,
        job.drops() || left >= all
            ? ""
            : "%.0f of %.0f samples of the last scrape, dropped by relabelling"
                .formatted(all - left, all));
  }

  private static String inWords(Map<String, Integer> lost) {
    if (lost.isEmpty()) {
      return "";
    }
    String names =
        lost.entrySet().stream()
            .limit(NAMED)
            .map(e -> e.getKey() + (e.getValue() == 1 ? "" : " (" + e.getValue() + " series)"))
            .collect(Collectors.joining(", "));
    return lost.size() <= NAMED ? names : names + " and " + (lost.size() - NAMED) + " more";
  }
}
