package dev.platformkit.kit.telemetry;

import io.opentelemetry.api.trace.SpanContext;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Requests of one kind: how many, how they ended, and how long they took. Whenever a number rises,
 * the exemplar beside it names the very request that made it rise; the latest wins. simpleclient's
 * own sampler holds on to an exemplar for seconds, and would name another request's.
 *
 * <p>Only what is sent to prove the platform (its trace state says so) keeps its exemplar against
 * the others that come after it, until a scrape has seen it: on a busy series it would be gone
 * within milliseconds, and whether exemplars arrive could not be told.
 */
public final class Handled {
  private static final double[] SECONDS = {
    .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10
  };

  private final Counter total;
  private final Histogram seconds;
  private final Exemplars ofTotal;
  private final Exemplars ofSeconds;

  private Handled(Counter total, Histogram seconds, LongSupplier nanoClock) {
    this.total = total;
    this.seconds = seconds;
    ofTotal = new Exemplars(nanoClock);
    ofSeconds = new Exemplars(nanoClock);
  }

  /**
   * The two series of one kind of request.
   *
   * @param outcome the counter's last label; the histogram has all labels but this one
   */
  public static Handled register(
      CollectorRegistry metrics,
      String counter,
      String histogram,
      String what,
      String outcome,
      String... labels) {
    return register(System::nanoTime, metrics, counter, histogram, what, outcome, labels);
  }

  static Handled register(
      LongSupplier nanoClock,
      CollectorRegistry metrics,
      String counter,
      String histogram,
      String what,
      String outcome,
      String... labels) {
    String[] withOutcome = Arrays.copyOf(labels, labels.length + 1);
    withOutcome[labels.length] = outcome;
    return new Handled(
        Counter.build(counter, what + ", by how they ended.")
            .labelNames(withOutcome)
            .withoutExemplars()
            .register(metrics),
        Histogram.build(histogram, what + ": seconds until they ended.")
            .labelNames(labels)
            .buckets(SECONDS)
            .withoutExemplars()
            .register(metrics),
        nanoClock);
  }

  /** Shows the series as zero before the first request, so that the first one is a rise. */
  public void expect(String outcome, String... labels) {
    total.labels(with(labels, outcome));
    expectAny(labels);
  }

  /** Like {@link #expect} where the usual outcome is not known. */
  public void expectAny(String... labels) {
    seconds.labels(labels);
  }

  /** Counts a request that ended, on account of the span that stands for it. */
  public void count(SpanContext span, long nanos, String outcome, String... labels) {
    double took = nanos / 1e9;
    String[] withOutcome = with(labels, outcome);
    total.labels(withOutcome).incWithExemplar(ofTotal.of(span, List.of(withOutcome)));
    seconds
        .labels(labels)
        .observeWithExemplar(took, ofSeconds.of(span, List.of(with(labels, bucket(took)))));
  }

  /** The bucket that a request falls into, each of which has an exemplar of its own. */
  private static String bucket(double took) {
    int at = Arrays.binarySearch(SECONDS, took);
    return Integer.toString(at < 0 ? -at - 1 : at);
  }

  private static String[] with(String[] labels, String outcome) {
    String[] all = Arrays.copyOf(labels, labels.length + 1);
    all[labels.length] = outcome;
    return all;
  }
}
