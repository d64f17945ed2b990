package dev.platformkit.verify;

import dev.platformkit.verify.Evidence.JourneyEvidence;
import dev.platformkit.verify.journey.StepRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Takes secrets out of whatever is kept or shown. What is too short to be told from ordinary text
 * is left alone. Safe for use by several threads.
 */
public final class Redaction {
  private static final int SHORTEST = 6;
  private static final String INSTEAD = "[redacted]";

  private final Set<String> secrets = new ConcurrentSkipListSet<>();

  /** From now on this is a secret. */
  public void add(String secret) {
    String stripped = secret.strip();
    if (stripped.length() >= SHORTEST) {
      secrets.add(stripped);
    }
  }

  /** The text without any secret. */
  public String of(String text) {
    String clean = text;
    List<String> longestFirst = new ArrayList<>(secrets);
    longestFirst.sort(Comparator.comparingInt(String::length).reversed());
    for (String secret : longestFirst) {
      clean = clean.replace(secret, INSTEAD);
    }
    return clean;
  }

  private List<String> of(List<String> texts) {
    return texts.stream().map(this::of).toList();
  }

  private Way of(Way way) {
    return new Way(
        way.hops().stream()
            .map(hop -> new Way.Hop(hop.name(), hop.state(), of(hop.observed())))
            .toList());
  }

  private StepRun of(StepRun step) {
    return new StepRun(
        step.name(),
        of(step.request()),
        step.traceId(),
        step.spanId(),
        step.good(),
        of(step.expected()),
        of(step.observed()),
        step.took());
  }

  private Exhibits.Span of(Exhibits.Span span) {
    return new Exhibits.Span(
        span.id(),
        span.parentId(),
        of(span.service()),
        of(span.name()),
        span.kind(),
        span.start(),
        span.took(),
        span.error());
  }

  private Exhibits.Line of(Exhibits.Line line) {
    return new Exhibits.Line(
        line.time(),
        line.service(),
        line.container(),
        line.level().map(this::of),
        line.traceId(),
        of(line.text()),
        line.inStore());
  }

  private Exhibits.Rise of(Exhibits.Rise rise) {
    return new Exhibits.Rise(
        of(rise.query()), rise.series().stream().map(this::of).toList(), rise.exemplar());
  }

  private Exhibits.Series of(Exhibits.Series series) {
    Map<String, String> labels = new HashMap<>();
    series.labels().forEach((name, value) -> labels.put(name, of(value)));
    return new Exhibits.Series(labels, series.before(), series.after(), series.risen());
  }

  /** What is kept of a journey, without any secret. */
  public JourneyEvidence of(JourneyEvidence journey) {
    Exhibits seen = journey.exhibits();
    return new JourneyEvidence(
        journey.name(),
        journey.verdict(),
        journey.traceId(),
        journey.took(),
        journey.steps().stream().map(this::of).toList(),
        new Exhibits(
            seen.traces().stream()
                .map(
                    trace ->
                        new Exhibits.Trace(
                            trace.step(),
                            trace.traceId(),
                            trace.spans().stream().map(this::of).toList()))
                .toList(),
            seen.lines().stream().map(this::of).toList(),
            seen.rises().stream().map(this::of).toList()));
  }

  /** The check without any secret. */
  public Check of(Check check) {
    return new Check(
        check.id(),
        check.verdict(),
        check.subject(),
        of(check.expected()),
        of(check.observed()),
        of(check.details()),
        of(check.way()),
        of(check.links()),
        check.took());
  }
}
