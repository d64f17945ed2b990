package dev.platformkit.kit.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import io.prometheus.client.CollectorRegistry;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandledTest {
  private static final long TEN_MILLIS = 10_000_000;

  private final CollectorRegistry metrics = new CollectorRegistry();
  private long now;
  private final Handled handled =
      Handled.register(
          () -> now,
          metrics,
          "calls_handled",
          "calls_seconds",
          "Calls",
          "code",
          "service",
          "method");

  @Test
  void whatIsExpectedIsZeroBeforeItHappens() {
    handled.expect("OK", "cart", "AddItem");

    assertThat(sample("calls_handled_total").value).isZero();
    assertThat(sample("calls_seconds_count").value).isZero();
  }

  @Test
  void aRiseNamesTheRequestThatCausedIt() {
    handled.count(span("1", TraceFlags.getSampled()), TEN_MILLIS, "OK", "cart", "AddItem");

    Sample counter = sample("calls_handled_total");
    assertThat(counter.value).isEqualTo(1);
    assertThat(counter.labelNames).containsExactly("service", "method", "code");
    assertThat(counter.labelValues).containsExactly("cart", "AddItem", "OK");
    assertThat(exemplar(counter)).isEqualTo(id("1", 32));
  }

  @Test
  void theLatestRequestWinsHoweverSoonItComes() {
    handled.count(span("1", TraceFlags.getSampled()), TEN_MILLIS, "OK", "cart", "AddItem");
    handled.count(span("2", TraceFlags.getSampled()), TEN_MILLIS, "OK", "cart", "AddItem");

    assertThat(exemplar(sample("calls_handled_total"))).isEqualTo(id("2", 32));
    assertThat(exemplar(bucket("0.01"))).isEqualTo(id("2", 32));
  }

  @Test
  void anExemplarStandsInTheBucketOfItsRequest() {
    handled.count(span("1", TraceFlags.getSampled()), TEN_MILLIS, "OK", "cart", "AddItem");

    assertThat(exemplar(bucket("0.01"))).isEqualTo(id("1", 32));
    assertThat(bucket("0.025").exemplar).isNull();
  }

  @Test
  void aRequestThatIsNotSampledIsCountedButCannotBeLookedUp() {
    handled.count(span("1", TraceFlags.getDefault()), TEN_MILLIS, "OK", "cart", "AddItem");

    assertThat(sample("calls_handled_total").value).isEqualTo(1);
    assertThat(sample("calls_handled_total").exemplar).isNull();
  }

  @Test
  void whatProvesThePlatformIsStillNamedAfterManyOthers() {
    handled.count(proof("1"), TEN_MILLIS, "OK", "cart", "AddItem");
    now += Exemplars.KEPT.toNanos() - 1;
    handled.count(span("2", TraceFlags.getSampled()), TEN_MILLIS, "OK", "cart", "AddItem");

    assertThat(sample("calls_handled_total").value).isEqualTo(2);
    assertThat(exemplar(sample("calls_handled_total"))).isEqualTo(id("1", 32));
    assertThat(exemplar(bucket("0.01"))).isEqualTo(id("1", 32));
  }

  @Test
  void onceItWasScrapedTheLatestIsNamedAgain() {
    handled.count(proof("1"), TEN_MILLIS, "OK", "cart", "AddItem");
    now += Exemplars.KEPT.toNanos();
    handled.count(span("2", TraceFlags.getSampled()), TEN_MILLIS, "OK", "cart", "AddItem");

    assertThat(exemplar(sample("calls_handled_total"))).isEqualTo(id("2", 32));
    assertThat(exemplar(bucket("0.01"))).isEqualTo(id("2", 32));
  }

  @Test
  void anotherProofTakesItsPlaceAtOnce() {
    handled.count(proof("1"), TEN_MILLIS, "OK", "cart", "AddItem");
    handled.count(proof("2"), TEN_MILLIS, "OK", "cart", "AddItem");

    assertThat(exemplar(sample("calls_handled_total"))).isEqualTo(id("2", 32));
  }

  @Test
  void otherSeriesAndBucketsAreNotHeldBack() {
    handled.count(proof("1"), TEN_MILLIS, "OK", "cart", "AddItem");
    handled.count(span("2", TraceFlags.getSampled()), 10 * TEN_MILLIS, "OK", "cart", "AddItem");

    assertThat(exemplar(bucket("0.1"))).isEqualTo(id("2", 32));
    assertThat(exemplar(sample("calls_handled_total"))).isEqualTo(id("1", 32));
  }

  private Sample sample(String name) {
    return samples().stream().filter(s -> s.name.equals(name)).findFirst().orElseThrow();
  }

  private Sample bucket(String le) {
    return samples().stream()
        .filter(s -> s.name.equals("calls_seconds_bucket") && s.labelValues.contains(le))
        .findFirst()
        .orElseThrow();
  }

  private List<Sample> samples() {
    return Collections.list(metrics.metricFamilySamples()).stream()
        .flatMap(family -> family.samples.stream())
        .toList();
  }

  private static String exemplar(Sample sample) {
    for (int i = 0; i < sample.exemplar.getNumberOfLabels(); i++) {
      if (sample.exemplar.getLabelName(i).equals("trace_id")) {
        return sample.exemplar.getLabelValue(i);
      }
    }
    throw new AssertionError("no trace_id in " + sample.exemplar);
  }

  private static SpanContext span(String digit, TraceFlags flags) {
    return SpanContext.create(id(digit, 32), id(digit, 16), flags, TraceState.getDefault());
  }

  private static SpanContext proof(String digit) {
    return SpanContext.create(
        id(digit, 32),
        id(digit, 16),
        TraceFlags.getSampled(),
        TraceState.builder().put("platformkit", "verify").build());
  }

  private static String id(String digit, int length) {
    return digit.repeat(length);
  }
}
