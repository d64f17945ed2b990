package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.BackendException;
import dev.platformkit.backend.Prometheus;
import dev.platformkit.backend.Prometheus.Dropped;
import dev.platformkit.backend.Prometheus.Series;
import dev.platformkit.backend.Prometheus.Target;
import dev.platformkit.verify.Exposed;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.NotPartOfPlatformException;
import dev.platformkit.verify.NotRunningException;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Way;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Every target of a declared scrape job is that service's, and up by a scrape of this run, not by
 * an older one, and all that it shows is stored.
 */
final class TargetProbe implements Probe {
  /** Jobs that ask, through the blackbox exporter, what has no metrics of its own. */
  static final String ASKING = "probe-";

  private final ScrapeJobs.Job job;
  private final Supplier<List<Target>> targets;
  private final Supplier<Prometheus> prometheus;
  private final Exposed exposed;
  private final Set<String> needed;
  private final TargetOwners owners;
  private final Instant start;
  private final Map<String, KeptSeries> kept = new HashMap<>();
  private boolean unsuccessful;

  TargetProbe(
      ScrapeJobs.Job job,
      Supplier<List<Target>> targets,
      Supplier<Prometheus> prometheus,
      Exposed exposed,
      Set<String> needed,
      TargetOwners owners,
      Instant start) {
    this.job = requireNonNull(job, "job is null");
    this.targets = requireNonNull(targets, "targets is null");
    this.prometheus = requireNonNull(prometheus, "prometheus is null");
    this.exposed = requireNonNull(exposed, "exposed is null");
    this.needed = Set.copyOf(needed);
    this.owners = requireNonNull(owners, "owners is null");
    this.start = requireNonNull(start, "start is null");
  }

  @Override
  public String id() {
    return "metrics/targets";
  }

  @Override
  public String subject() {
    return job.name();
  }

  @Override
  public String expected() {
    return "%d target(s) of job %s up (%s), and what they show is stored"
        .formatted(job.targets(), job.name(), job.file());
  }

  /** Two scrapes at production's pace, and some. */
  @Override
  public Duration patience() {
    return Duration.ofSeconds(12);
  }

  /** A scrape is waited for, and those are rare. */
  @Override
  public Duration pace() {
    return Duration.ofMillis(500);
  }

  @Override
  public Finding look() {
    List<Target> mine = mine();
    if (mine.size() < job.targets()) {
      return Finding.missing(
          "Prometheus scrapes %d target(s) of job %s".formatted(mine.size(), job.name()));
    }
    Optional<String> stray = stray(mine);
    if (stray.isPresent()) {
      return Finding.fail(stray.get());
    }
    Optional<String> unknown = unknown(mine);
    if (unknown.isPresent()) {
      return Finding.missing(unknown.get());
    }
    int series = 0;
    for (Target target : mine) {
      KeptSeries kept = kept(target);
      kept.ask(target);
      Optional<String> problem = health(target);
      if (problem.isPresent()) {
        return Finding.missing(problem.get());
      }
      KeptSeries.Look look = kept.look(target);
      if (!look.known()) {
        return Finding.missing(target.url() + " was not asked, or not scraped since");
      }
      if (!look.missing().isEmpty()) {
        return Finding.missing("%s: not stored: %s".formatted(target.url(), look.missing()));
      }
      series += look.series();
    }
    Optional<String> failure = job.name().startsWith(ASKING) ? failure() : Optional.empty();
    unsuccessful = failure.isPresent();
    return failure.map(Finding::missing).orElse(Finding.pass("up, " + series + " series"));
  }

  /** The exporter is up whatever it was answered; what it made of that is a value. */
  private Optional<String> failure() {
    Duration back = Duration.between(start, Instant.now()).plusSeconds(1);
    List<Series> outcomes = prometheus.get().raw("probe_success{job=\"" + job.name() + "\"}", back);
    if (outcomes.isEmpty()) {
      return Optional.of("no outcome of " + job.name() + " is stored");
    }
    return outcomes.stream()
        .flatMap(outcome -> outcome.last().stream())
        .filter(last -> last.value() != 1)
        .findFirst()
        .map(last -> "%s fails: probe_success is 0 at %s".formatted(job.name(), last.time()));
  }

  private List<Target> mine() {
    return targets.get().stream().filter(t -> t.job().equals(job.name())).toList();
  }

  /** A target that is somebody else's, or somebody else whom an exporter asks. */
  private Optional<String> stray(List<Target> mine) {
    return mine.stream()
        .flatMap(
            target ->
                owners
                    .other(job.name(), target.url())
                    .map(
                        other ->
                            "%s is %s's, which has a job of its own".formatted(target.url(), other))
                    .stream())
        .findFirst()
        .or(
            () ->
                owners
                    .otherAsked(job)
                    .map(
                        other ->
                            "%s has %s asked, of %s".formatted(job.name(), job.asks(), other)));
  }

  /** An address that the job declares and that Prometheus, perhaps not yet, does not scrape. */
  private Optional<String> unknown(List<Target> mine) {
    return job.addresses().stream()
        .filter(address -> mine.stream().noneMatch(target -> isAt(target, address)))
        .findFirst()
        .map(address -> "job %s declares %s, which is not scraped".formatted(job.name(), address));
  }

  /** Prometheus adds a port where none is declared. */
  private static boolean isAt(Target target, String address) {
    URI url = URI.create(target.url());
    return address.equals(url.getAuthority()) || address.equals(url.getHost());
  }

  private KeptSeries kept(Target target) {
    return kept.computeIfAbsent(
        target.url(), url -> new KeptSeries(job, exposed, prometheus, needed));
  }

  private Optional<String> health(Target target) {
    boolean fresh = !target.lastScrape().isBefore(start);
    if (fresh && target.health().equals("down")) {
      return Optional.of("%s is down: %s".formatted(target.url(), target.lastError()));
    }
    return fresh && target.health().equals("up")
        ? Optional.empty()
        : Optional.of(
            "%s is %s, last scraped %s, before this run"
                .formatted(target.url(), target.health(), target.lastScrape()));
  }

  @Override
  public Finding explain(Finding found) {
    List<Target> mine = mine();
    Finding linked = found.link(prometheus.get().targetsPage());
    if (mine.isEmpty()) {
      return linked.on(relabelledAway());
    }
    Optional<String> misled = stray(mine).or(() -> unknown(mine));
    if (misled.isPresent()) {
      return linked.on(Way.none().broken("scraped", misled.get()));
    }
    if (unsuccessful) {
      return linked.link(prometheus.get().page("probe_success{job=\"" + job.name() + "\"}"));
    }
    Target worst =
        mine.stream().filter(target -> health(target).isPresent()).findFirst().orElse(mine.get(0));
    Optional<String> problem = health(worst);
    Way way = exposed(worst.url());
    return linked.on(
        problem.isPresent()
            ? way.broken("scraped", problem.get())
            : way.hop("scraped", mine.size() >= job.targets(), worst.url() + " is up")
                .broken("stored", found.observed()));
  }

  private Way relabelledAway() {
    Optional<Dropped> dropped =
        prometheus.get().dropped().stream().filter(d -> d.job().equals(job.name())).findFirst();
    return dropped
        .map(
            d ->
                exposed(d.url())
                    .broken(
                        "scraped", "Prometheus found " + d.url() + ", and relabelling drops it"))
        .orElse(
            Way.none()
                .broken(
                    "scraped",
                    "Prometheus has no job %s, which %s declares"
                        .formatted(job.name(), job.file())));
  }

  private Way exposed(String url) {
    try {
      int names = exposed.at(url).names().size();
      return Way.none().hop("exposed", names > 0, "%s shows %d metrics".formatted(url, names));
    } catch (BackendException e) {
      return Way.none().broken("exposed", e.getMessage());
    } catch (NotRunningException | NotPartOfPlatformException e) {
      return Way.none().unknown("exposed", e.getMessage());
    }
  }
}
