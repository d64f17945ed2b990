package dev.platformkit.verify.panel;

import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.PrometheusQueries;
import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import dev.platformkit.verify.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Every panel of a dashboard asks what Prometheus understands, of metrics that exist. That some
 * come back empty, because nothing has happened that they count, is said and is not wrong.
 */
final class PanelsProbe implements Probe {
  private static final int NAMED = 5;
  private static final int LONGEST = 160;

  private final Dashboard dashboard;
  private final Panels panels;
  private final List<String> absent;
  private final Supplier<PrometheusQueries> prometheus;

  /**
   * A probe.
   *
   * @param absent stacks that the platform was brought up without, whose metrics may be missing
   */
  PanelsProbe(
      Dashboard dashboard,
      Panels panels,
      List<String> absent,
      Supplier<PrometheusQueries> prometheus) {
    this.dashboard = requireNonNull(dashboard, "dashboard is null");
    this.panels = requireNonNull(panels, "panels is null");
    this.absent = List.copyOf(absent);
    this.prometheus = requireNonNull(prometheus, "prometheus is null");
  }

  @Override
  public String id() {
    return "dashboards/panels";
  }

  @Override
  public String subject() {
    return dashboard.uid();
  }

  @Override
  public String expected() {
    return "Prometheus answers every panel of %s, and has the metrics that they name"
        .formatted(dashboard.path());
  }

  @Override
  public boolean afterJourneys() {
    return true;
  }

  /** By then everything was scraped twice. */
  @Override
  public Duration patience() {
    return Duration.ofSeconds(7);
  }

  @Override
  public Finding look() {
    List<Result> results = panels.of(dashboard);
    String counts = counts(results);
    if (results.stream().allMatch(result -> result.outcome() == Outcome.LEFT_OUT)) {
      return Finding.skip(results.isEmpty() ? "no panel of it asks anything" : counts);
    }
    List<Result> broken = of(results, Outcome.BROKEN);
    List<Result> missing = of(results, Outcome.MISSING);
    if (broken.isEmpty() && missing.isEmpty()) {
      return Finding.pass(counts);
    }
    if (broken.isEmpty() && !absent.isEmpty()) {
      return told(
          Finding.skip(
              "%s: the platform was brought up without %s"
                  .formatted(counts, String.join(", ", absent))),
          missing);
    }
    Finding finding = broken.isEmpty() ? Finding.missing(counts) : Finding.fail(counts);
    List<Result> bad = new ArrayList<>(broken);
    bad.addAll(missing);
    return told(finding, bad).on(way(broken, missing));
  }

  private Finding told(Finding finding, List<Result> bad) {
    Finding all = finding;
    for (Result result : bad) {
      all =
          all.detail(
              "%s · \"%s\" · %s:%d · %s · %s"
                  .formatted(
                      result.outcome().words(),
                      result.title(),
                      result.position().file(),
                      result.position().line(),
                      result.why(),
                      shortened(result.query())));
    }
    for (Result result : bad.subList(0, Math.min(NAMED, bad.size()))) {
      all = all.link(prometheus.get().page(result.query()));
    }
    return all;
  }

  private static Way way(List<Result> broken, List<Result> missing) {
    Way way = Way.none();
    way =
        missing.isEmpty()
            ? way.reached("stored", "each metric that is named has series, or is declared")
            : way.broken("stored", named(missing, Result::why));
    return broken.isEmpty() ? way : way.broken("queryable", named(broken, Result::why));
  }

  /** How many of each outcome, those named that are not as one would wish. */
  private static String counts(List<Result> results) {
    List<String> parts = new ArrayList<>();
    for (Outcome outcome :
        List.of(Outcome.BROKEN, Outcome.MISSING, Outcome.DATA, Outcome.EMPTY, Outcome.LEFT_OUT)) {
      List<Result> of = of(results, outcome);
      if (of.isEmpty()) {
        continue;
      }
      String names =
          switch (outcome) {
            case DATA -> "";
            case EMPTY -> " (%s)".formatted(named(of, result -> ""));
            case BROKEN, MISSING, LEFT_OUT -> " (%s)".formatted(named(of, Result::why));
          };
      parts.add("%d %s%s".formatted(of.size(), outcome.words().toLowerCase(Locale.ROOT), names));
    }
    return String.join(", ", parts);
  }

  private static String named(List<Result> results, Function<Result, String> why) {
    String names =
        results.stream()
            .limit(NAMED)
            .map(r -> why.apply(r).isEmpty() ? r.title() : r.title() + ": " + why.apply(r))
            .collect(Collectors.joining("; "));
    return results.size() <= NAMED ? names : names + " and " + (results.size() - NAMED) + " more";
  }

  private static List<Result> of(List<Result> results, Outcome outcome) {
    return results.stream().filter(result -> result.outcome() == outcome).toList();
  }

  private static String shortened(String query) {
    String line = query.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
