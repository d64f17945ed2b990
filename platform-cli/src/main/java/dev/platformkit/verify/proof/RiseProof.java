package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Prometheus;
import dev.platformkit.backend.Prometheus.Exemplar;
import dev.platformkit.backend.Prometheus.Sample;
import dev.platformkit.backend.Prometheus.Series;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.journey.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A series has risen: from the last raw sample before a journey's first step to one scraped after
 * its last; and, where asked for, an exemplar names a trace of this very run. The scrape itself is
 * the sentinel: when the series' job was scraped after the journey and nothing rose, nothing will.
 */
public final class RiseProof implements Probe {
  private final Evidenced evidenced;
  private final Proof.Metric expected;
  private final Baseline baseline;
  private final Addresses addresses;

  public RiseProof(
      Evidenced evidenced, Proof.Metric expected, Baseline baseline, Addresses addresses) {
    this.evidenced = requireNonNull(evidenced, "evidenced is null");
    this.expected = requireNonNull(expected, "expected is null");
    this.baseline = requireNonNull(baseline, "baseline is null");
    this.addresses = requireNonNull(addresses, "addresses is null");
  }

  @Override
  public String id() {
    return "metrics/rise";
  }

  @Override
  public String subject() {
    return evidenced.journey().name();
  }

  @Override
  public String expected() {
    return "%s rises by %d%s"
        .formatted(
            expected.query(),
            expected.rises(),
            expected.exemplar() ? ", with an exemplar of this run" : "");
  }

  /** Two scrapes at production's pace, and some. */
  @Override
  public Duration patience() {
    return Duration.ofSeconds(14);
  }

  @Override
  public Finding look() {
    Prometheus prometheus = prometheus();
    if (baseline.problem().isPresent()) {
      return Finding.inconclusive("no sample before the first step: " + baseline.problem().get());
    }
    Duration back = Duration.between(evidenced.walk().start(), Instant.now()).plusSeconds(1);
    List<Series> series = prometheus.raw(expected.query(), back);
    double risen = 0;
    for (Series each : series) {
      Optional<Sample> last = last(each, evidenced.walk().end());
      if (last.isPresent()) {
        double before = baseline.value(each.labels());
        double rise = rise(before, last.get().value());
        evidenced.seen().sample(expected.query(), each.labels(), before, last.get().value(), rise);
        risen += rise;
      }
    }
    String rose = "rose by " + plain(risen);
    int scrapes = scrapesSince(prometheus, back);
    if (risen < expected.rises()) {
      String seen =
          rose + " instead of " + expected.rises() + ", scraped " + scrapes + " times since";
      return scrapes >= 2 ? Finding.fail(seen) : Finding.missing(seen);
    }
    if (!expected.exemplar()) {
      return Finding.pass(rose);
    }
    return hasExemplar(prometheus)
        ? Finding.pass(rose + ", exemplar")
        : exemplarMissing(rose, scrapes);
  }

  private static Finding exemplarMissing(String rose, int scrapes) {
    String seen = rose + ", but no exemplar names a trace of this run";
    return scrapes >= 2 ? Finding.fail(seen) : Finding.missing(seen);
  }

  private boolean hasExemplar(Prometheus prometheus) {
    Set<String> traces = evidenced.everyTraceId();
    Instant from = evidenced.walk().start().minusSeconds(1);
    List<Exemplar> exemplars =
        prometheus.exemplars(expected.query(), from, Instant.now().plusSeconds(1));
    Optional<String> named =
        exemplars.stream().map(e -> e.labels().get("trace_id")).filter(traces::contains).findAny();
    named.ifPresent(trace -> evidenced.seen().exemplar(expected.query(), trace));
    return named.isPresent();
  }

  /** How often the job was scraped well after the last step; the least of its targets. */
  private int scrapesSince(Prometheus prometheus, Duration back) {
    Instant end = evidenced.sentinel().end();
    List<Integer> scrapes = new ArrayList<>();
    for (Series up : prometheus.raw("up{job=\"" + expected.job().orElseThrow() + "\"}", back)) {
      scrapes.add(
          (int) up.samples().stream().filter(s -> s.time().isAfter(end) && s.value() == 1).count());
    }
    return scrapes.stream().min(Integer::compare).orElse(0);
  }

  /** What is exposed, scraped and stored has a witness each: the target's own health. */
  @Override
  public Finding explain(Finding found) {
    Prometheus prometheus = prometheus();
    String job = expected.job().orElseThrow();
    Finding linked = found.link(prometheus.page(expected.query()));
    List<Prometheus.Target> targets =
        prometheus.targets().stream().filter(t -> t.job().equals(job)).toList();
    if (targets.isEmpty()) {
      return linked.at("exposed -> scraped").detail("no scrape target has the job " + job);
    }
    for (Prometheus.Target target : targets) {
      if (!target.health().equals("up")) {
        return linked
            .at("exposed -> scraped")
            .detail(target.url() + " is " + target.health() + ": " + target.lastError())
            .link(prometheus.targetsPage());
      }
    }
    return linked.at("exposed").detail(job + " was scraped and did not show it");
  }

  private static Optional<Sample> last(Series series, Instant after) {
    return series.samples().stream()
        .filter(s -> s.time().isAfter(after))
        .reduce((first, second) -> second);
  }

  /** A counter that is lower than before has started anew. */
  private static double rise(double before, double after) {
    return after < before ? after : after - before;
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private Prometheus prometheus() {
    return new Prometheus(addresses.server("prometheus", 9090));
  }
}
