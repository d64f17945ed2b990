package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.BackendException;
import dev.platformkit.backend.Exposition;
import dev.platformkit.backend.Prometheus;
import dev.platformkit.backend.Prometheus.Dropped;
import dev.platformkit.backend.Prometheus.Series;
import dev.platformkit.backend.Prometheus.Target;
import dev.platformkit.engine.Container;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Exposed;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.NotPartOfPlatformException;
import dev.platformkit.verify.NotRunningException;
import dev.platformkit.verify.Way;
import dev.platformkit.verify.journey.Proof;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * The way of a sample that was missed: does the service show it, asked from outside; does
 * Prometheus scrape the service; is it stored? Each is looked at by itself.
 */
final class RiseWay {
  private final Evidenced evidenced;
  private final Proof.Metric expected;
  private final Baseline baseline;
  private final Addresses addresses;
  private final Prometheus prometheus;
  private final String job;
  private final String service;

  RiseWay(
      Evidenced evidenced,
      Proof.Metric expected,
      Baseline baseline,
      Addresses addresses,
      Prometheus prometheus) {
    this.evidenced = requireNonNull(evidenced, "evidenced is null");
    this.expected = requireNonNull(expected, "expected is null");
    this.baseline = requireNonNull(baseline, "baseline is null");
    this.addresses = requireNonNull(addresses, "addresses is null");
    this.prometheus = requireNonNull(prometheus, "prometheus is null");
    job = expected.job().orElseThrow();
    service = expected.service();
  }

  Finding of(Finding found) {
    Optional<Target> target =
        prometheus.targets().stream()
            .filter(t -> t.job().equals(job) || job.equals(t.labels().get("job")))
            .findFirst();
    Optional<Dropped> dropped =
        prometheus.dropped().stream().filter(d -> d.job().equals(job)).findFirst();
    Way way = exposed(Way.none(), target, dropped);
    way = scraped(way, target, dropped);
    way = stored(way);
    return found
        .on(way)
        .link(prometheus.page(expected.query()))
        .link(
            target.isPresent()
                ? prometheus.page("up{job=\"" + job + "\"}")
                : prometheus.targetsPage());
  }

  private Way exposed(Way way, Optional<Target> target, Optional<Dropped> dropped) {
    String scraped = target.map(Target::url).or(() -> dropped.map(Dropped::url)).orElse("");
    String problem = service + " publishes nothing that could be asked from outside";
    boolean silent = false;
    for (String url : candidates(scraped)) {
      try {
        return shown(way, url, new Exposed(addresses).at(url), target);
      } catch (BackendException e) {
        problem = e.getMessage();
        silent |= url.equals(scraped);
      } catch (NotRunningException | NotPartOfPlatformException e) {
        problem = e.getMessage();
      }
    }
    return silent ? way.broken("exposed", problem) : way.unknown("exposed", problem);
  }

  /** Where the service itself shows its metrics, most likely first. */
  private List<String> candidates(String scraped) {
    List<Container> containers = addresses.running(service);
    if (scraped.isEmpty()) {
      return containers.stream()
          .flatMap(container -> container.ports().keySet().stream())
          .distinct()
          .sorted(Comparator.reverseOrder())
          .map(port -> "http://" + service + ":" + port + "/metrics")
          .toList();
    }
    return Exposed.host(scraped).equals(service) || containers.isEmpty()
        ? List.of(scraped)
        : List.of(HttpUrl.get(scraped).newBuilder().host(service).build().toString());
  }

  private Way shown(Way way, String url, Exposition exposition, Optional<Target> target) {
    Map<String, String> given = target.map(Target::labels).orElse(Map.of());
    List<Exposition.Sample> samples =
        exposition.find(
            expected.selector().metric(),
            labels -> {
              Map<String, String> all = new HashMap<>(given);
              all.putAll(labels);
              return expected.selector().matches(all);
            });
    if (samples.isEmpty()) {
      return way.broken("exposed", url + " does not show it");
    }
    double now = samples.stream().mapToDouble(Exposition.Sample::value).sum();
    double risen = Baseline.rise(baseline.sum(), now);
    if (risen < expected.rises()) {
      return way.broken(
          "exposed",
          "%s shows %s, %s was stored before the first step"
              .formatted(url, RiseProof.plain(now), RiseProof.plain(baseline.sum())));
    }
    String shows = url + " shows " + RiseProof.plain(now);
    if (!expected.exemplar() || storedRise() < expected.rises()) {
      return way.reached("exposed", shows);
    }
    List<String> named =
        samples.stream()
            .flatMap(sample -> Optional.ofNullable(sample.exemplar().get("trace_id")).stream())
            .toList();
    if (named.isEmpty()) {
      return way.broken("exposed", shows + ", without an exemplar");
    }
    List<String> stored = storedExemplars();
    return stored.isEmpty()
        ? way.reached("exposed", shows + ", with an exemplar of trace " + named.get(0))
        : way.broken(
            "exposed",
            shows + ", with exemplars of traces that are nobody's: " + String.join(", ", stored));
  }

  private Way scraped(Way way, Optional<Target> target, Optional<Dropped> dropped) {
    if (target.isEmpty()) {
      return way.broken(
          "scraped",
          dropped
              .map(d -> "Prometheus found " + d.url() + ", and relabelling drops it")
              .orElse("Prometheus has no scrape job " + job));
    }
    String url = target.get().url();
    if (!target.get().health().equals("up")) {
      return way.broken(
          "scraped",
          "%s is %s: %s".formatted(url, target.get().health(), target.get().lastError()));
    }
    if (!Exposed.host(url).equals(service) && !addresses.running(service).isEmpty()) {
      return way.broken(
          "scraped", "job %s scrapes %s, which is not %s".formatted(job, url, service));
    }
    Instant last = target.get().lastScrape();
    return way.hop(
        "scraped",
        last.isAfter(evidenced.walk().end()),
        "%s is up, last scraped %s".formatted(url, last.truncatedTo(ChronoUnit.MILLIS)));
  }

  private Way stored(Way way) {
    double risen = storedRise();
    if (risen < expected.rises()) {
      return way.broken("stored", "rose by " + RiseProof.plain(risen) + dropped());
    }
    if (!expected.exemplar()) {
      return way.reached("stored", "rose by " + RiseProof.plain(risen));
    }
    if (!prometheus.keepsExemplars()) {
      return way.broken("stored", "Prometheus runs without its feature exemplar-storage");
    }
    List<String> exemplars = storedExemplars();
    return way.hop(
        "stored",
        !exemplars.isEmpty(),
        exemplars.isEmpty()
            ? "no exemplar of it is stored since the first step"
            : "exemplars of traces " + exemplars);
  }

  /** What Prometheus itself says of the samples that it left out, for people. */
  private String dropped() {
    String of = "{job=\"" + job + "\"}";
    double scraped = sum(prometheus.values("scrape_samples_scraped" + of, "job"));
    double kept = sum(prometheus.values("scrape_samples_post_metric_relabeling" + of, "job"));
    return kept < scraped
        ? "; of %s samples of the last scrape, relabelling dropped %s"
            .formatted(RiseProof.plain(scraped), RiseProof.plain(scraped - kept))
        : "";
  }

  private static double sum(Map<String, Double> values) {
    return values.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private List<String> storedExemplars() {
    Instant now = Instant.now();
    return prometheus
        .exemplars(expected.query(), evidenced.walk().start().minusSeconds(1), now.plusSeconds(1))
        .stream()
        .flatMap(exemplar -> Optional.ofNullable(exemplar.labels().get("trace_id")).stream())
        .distinct()
        .limit(3)
        .toList();
  }

  private double storedRise() {
    Duration back = Duration.between(evidenced.walk().start(), Instant.now()).plusSeconds(1);
    List<Series> series = prometheus.raw(expected.query(), back);
    return baseline.rises(series, evidenced.walk().end()).stream()
        .mapToDouble(Baseline.Rise::by)
        .sum();
  }
}
