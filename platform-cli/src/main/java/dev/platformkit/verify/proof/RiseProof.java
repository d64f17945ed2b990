package dev.platformkit.verify.proof;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.ClockOffset;
import dev.platformkit.backend.Prometheus;
import dev.platformkit.backend.Prometheus.Exemplar;
import dev.platformkit.backend.Prometheus.Series;
import dev.platformkit.verify.Addresses;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Verdict;
import dev.platformkit.verify.Way;
import dev.platformkit.verify.journey.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A series has risen: from the last raw sample before a journey's first step to one scraped after
 * its last; and, where asked for, an exemplar names a trace of this very run, or, where others have
 * asked the service meanwhile, the trace of one of them. The scrape itself is the sentinel: when
 * the series' job was scraped after the journey and nothing rose, nothing will.
 */
public final class RiseProof implements Probe {
  /** By then, a job of a platform like ours has been scraped. */
  private static final Duration USUAL_PACE = Duration.ofSeconds(8);

  private static final Duration PACE_SEEN = Duration.ofMinutes(5);

  private final Evidenced evidenced;
  private final Proof.Metric expected;
  private final Baseline baseline;
  private final Scrapes scrapes;
  private final Set<String> run;
  private final Addresses addresses;
  private boolean tooFew;
  private Optional<Optional<ClockOffset>> clock = Optional.empty();

  /**
   * A proof of one series, or of several that one query selects.
   *
   * @param run the trace ids of everything that is sent in this run
   */
  public RiseProof(
      Evidenced evidenced,
      Proof.Metric expected,
      Baseline baseline,
      Scrapes scrapes,
      Set<String> run,
      Addresses addresses) {
    this.evidenced = requireNonNull(evidenced, "evidenced is null");
    this.expected = requireNonNull(expected, "expected is null");
    this.baseline = requireNonNull(baseline, "baseline is null");
    this.scrapes = requireNonNull(scrapes, "scrapes is null");
    this.run = Set.copyOf(run);
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
    return "%s rises by %d%s%s"
        .formatted(
            expected.query(),
            expected.rises(),
            expected.instances() > 1 ? ", in " + expected.instances() + " instances" : "",
            expected.exemplar() ? ", with an exemplar of this run" : "");
  }

  /** Two scrapes at production's pace, and some. */
  @Override
  public Duration patience() {
    return Duration.ofSeconds(14);
  }

  /** A scrape is waited for, and those are rare. */
  @Override
  public Duration pace() {
    return Duration.ofMillis(500);
  }

  @Override
  public Finding look() {
    Prometheus prometheus = prometheus();
    if (baseline.problem().isPresent()) {
      return Finding.inconclusive("no sample before the first step: " + baseline.problem().get());
    }
    if (clock.isEmpty()) {
      clock = Optional.of(prometheus.clock());
    }
    if (clock.get().map(ClockOffset::isOff).orElse(false)) {
      return Finding.inconclusive(
          "the clock of Prometheus is %s: what was scraped after the last step cannot be told"
              .formatted(clock.get().get().inWords()));
    }
    String job = expected.job().orElseThrow();
    if (!scrapes.anyAfter(job, evidenced.walk().end())) {
      return notScraped(prometheus, "not scraped since the last step");
    }
    Duration back = Duration.between(evidenced.walk().start(), Instant.now()).plusSeconds(1);
    List<Baseline.Rise> rises =
        baseline.rises(prometheus.raw(expected.query(), back), evidenced.walk().end());
    rises.forEach(
        rise ->
            evidenced
                .seen()
                .sample(expected.query(), rise.series(), rise.before(), rise.after(), rise.by()));
    double risen = rises.stream().mapToDouble(Baseline.Rise::by).sum();
    long instances =
        rises.stream()
            .filter(rise -> rise.by() > 0)
            .map(rise -> rise.series().getOrDefault("instance", ""))
            .distinct()
            .count();
    String rose =
        "rose by "
            + plain(risen)
            + (expected.instances() > 1 ? " in %d instances".formatted(instances) : "");
    int since = scrapes.after(job, evidenced.sentinel().end());
    tooFew = risen >= expected.rises() && instances < expected.instances();
    if (risen < expected.rises() || tooFew) {
      String seen =
          "%s instead of %d, scraped %d times since"
              .formatted(rose, tooFew ? expected.instances() : expected.rises(), since);
      return since == 0 ? notScraped(prometheus, seen) : judged(since, seen);
    }
    return expected.exemplar() ? exemplar(prometheus, rose, since) : Finding.pass(rose);
  }

  /** An exemplar of this run; or, on a series that others use too, one that is as true. */
  private Finding exemplar(Prometheus prometheus, String rose, int since) {
    List<Exemplar> stored =
        prometheus.exemplars(
            expected.query(),
            evidenced.walk().start().minusSeconds(1),
            Instant.now().plusSeconds(1));
    Optional<String> named =
        stored.stream().map(e -> e.labels().get("trace_id")).filter(run::contains).findAny();
    if (named.isPresent()) {
      evidenced.seen().exemplar(expected.query(), named.get());
      return Finding.pass(rose + ", exemplar");
    }
    String seen = rose + ", but no exemplar names a trace of this run";
    if (since == 0) {
      return notScraped(prometheus, seen);
    }
    List<Exemplar> others =
        stored.stream().filter(e -> !e.time().isBefore(evidenced.walk().start())).toList();
    Optional<String> trace = new OthersTraces(addresses).trueOne(others, expected.service());
    if (trace.isPresent()) {
      evidenced.seen().exemplar(expected.query(), trace.get());
      return Finding.pass(
          rose + ", exemplar of another request (" + trace.get() + "): the series is busy");
    }
    return judged(since, seen);
  }

  private static Finding judged(int since, String seen) {
    return since >= 2 ? Finding.fail(seen) : Finding.missing(seen);
  }

  /** A job that is scraped so rarely that no scrape was due yet has missed none. */
  private Finding notScraped(Prometheus prometheus, String seen) {
    Instant now = Instant.now();
    if (now.isBefore(evidenced.sentinel().end().plus(USUAL_PACE))) {
      return Finding.missing(seen);
    }
    Optional<Duration> rarely = Optional.empty();
    for (Series up :
        prometheus.raw("up{job=\"" + expected.job().orElseThrow() + "\"}", PACE_SEEN)) {
      int last = up.samples().size() - 1;
      if (last >= 1) {
        Instant latest = up.samples().get(last).time();
        Duration pace = Duration.between(up.samples().get(last - 1).time(), latest);
        if (now.isBefore(latest.plus(pace).plusSeconds(2))) {
          rarely = Optional.of(pace);
        }
      }
    }
    return rarely
        .map(
            pace ->
                Finding.unknown(
                    "%s; it is scraped every %d s, and --timeout says how long to wait"
                        .formatted(seen, pace.toSeconds())))
        .orElse(Finding.missing(seen));
  }

  @Override
  public Finding explain(Finding found) {
    if (tooFew) {
      return found
          .on(Way.none().broken("exposed", found.observed()))
          .link(prometheus().page(expected.query()));
    }
    return baseline.problem().isPresent() || found.verdict() == Verdict.INCONCLUSIVE
        ? found.link(prometheus().targetsPage())
        : new RiseWay(evidenced, expected, baseline, addresses, prometheus()).of(found);
  }

  static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private Prometheus prometheus() {
    return new Prometheus(addresses.server("prometheus", 9090));
  }
}
