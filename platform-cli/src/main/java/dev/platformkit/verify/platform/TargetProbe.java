package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Prometheus;
import dev.platformkit.backend.Prometheus.Target;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Every target of a declared scrape job is up by a scrape of this run, not by an older one. */
final class TargetProbe implements Probe {
  private final ScrapeJobs.Job job;
  private final Supplier<List<Target>> targets;
  private final Supplier<Prometheus> prometheus;
  private final Instant start;

  TargetProbe(
      ScrapeJobs.Job job,
      Supplier<List<Target>> targets,
      Supplier<Prometheus> prometheus,
      Instant start) {
    this.job = requireNonNull(job, "job is null");
    this.targets = requireNonNull(targets, "targets is null");
    this.prometheus = requireNonNull(prometheus, "prometheus is null");
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
    return "%d target(s) of job %s up (%s)".formatted(job.targets(), job.name(), job.file());
  }

  @Override
  public Finding look() {
    List<Target> mine = targets.get().stream().filter(t -> t.job().equals(job.name())).toList();
    if (mine.size() < job.targets()) {
      return Finding.missing(
          "Prometheus scrapes %d target(s) of job %s".formatted(mine.size(), job.name()));
    }
    Finding worst = Finding.pass("up");
    for (Target target : mine) {
      boolean fresh = !target.lastScrape().isBefore(start);
      if (fresh && target.health().equals("down")) {
        return Finding.missing("%s is down: %s".formatted(target.url(), target.lastError()));
      }
      if (!fresh || !target.health().equals("up")) {
        worst =
            Finding.missing(
                "%s is %s, last scraped %s, before this run"
                    .formatted(target.url(), target.health(), target.lastScrape()));
      }
    }
    return worst;
  }

  @Override
  public Finding explain(Finding found) {
    return found.link(prometheus.get().targetsPage());
  }
}
