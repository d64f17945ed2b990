package dev.platformkit.verify.flow;

import dev.platformkit.backend.Exposition;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many spans have passed two doors of one process since it started, by its own metrics.
 *
 * @param in spans that came in: ended in a service's SDK, accepted by a collector
 * @param out spans that went on and arrived: exported by the SDK, stored for the collector
 * @param failed spans that it sent on and that did not arrive
 * @param dropped spans that it says it has not sent on
 * @param refused spans that it would not let in
 */
public record SpanCounts(double in, double out, double failed, double dropped, double refused) {
  static final SpanCounts NONE = new SpanCounts(0, 0, 0, 0, 0);

  private static final String STARTED = "otel_sdk_span_started";
  private static final String LIVE = "otel_sdk_span_live";
  private static final String ENDED = "otel_sdk_span_ended";
  private static final String PROCESSED = "otel_sdk_processor_span_processed";
  private static final String EXPORTED = "otel_sdk_exporter_span_exported";

  /** The metrics of an SDK in which this stands. */
  static final List<String> OF_SDK = List.of(STARTED, LIVE, ENDED, PROCESSED, EXPORTED);

  /** What an OpenTelemetry SDK tells of itself; empty where there is none that does. */
  static Optional<SpanCounts> ofSdk(Exposition page) {
    return page.sum(ENDED)
        .or(() -> startedAndNotLive(page))
        .map(
            ended ->
                new SpanCounts(
                    ended,
                    page.sum(EXPORTED, SpanCounts::isGood).orElse(0.0),
                    page.sum(EXPORTED, labels -> !isGood(labels)).orElse(0.0),
                    page.sum(PROCESSED, l -> !isGood(l)).orElse(0.0),
                    0));
  }

  /** Ended, as SDKs count that do not say it themselves. */
  private static Optional<Double> startedAndNotLive(Exposition page) {
    double live = page.sum(LIVE, SpanCounts::isSampled).orElse(0.0);
    return page.sum(STARTED, SpanCounts::isSampled).map(started -> started - live);
  }

  private static boolean isSampled(Map<String, String> labels) {
    return labels
        .getOrDefault("otel_span_sampling_result", "RECORD_AND_SAMPLE")
        .equals("RECORD_AND_SAMPLE");
  }

  /** What an OpenTelemetry collector tells of itself; empty where it is none. */
  static Optional<SpanCounts> ofCollector(Exposition page) {
    return page.sum("otelcol_receiver_accepted_spans")
        .or(() -> page.sum("otelcol_process_uptime_seconds").map(uptime -> 0.0))
        .map(
            accepted ->
                new SpanCounts(
                    accepted,
                    page.sum("otelcol_exporter_sent_spans").orElse(0.0),
                    page.sum("otelcol_exporter_send_failed_spans").orElse(0.0),
                    page.sum("otelcol_exporter_enqueue_failed_spans").orElse(0.0)
                        + page.sum("otelcol_processor_filter_spans_filtered").orElse(0.0)
                        + page.sum("otelcol_processor_dropped_spans").orElse(0.0),
                    page.sum("otelcol_receiver_refused_spans").orElse(0.0)));
  }

  private static boolean isGood(Map<String, String> labels) {
    return labels.getOrDefault("error_type", "").isEmpty()
        && labels.getOrDefault("result", "success").equals("success");
  }

  /** What has come in and is neither out nor known to be lost. */
  public double held() {
    return in - out - lost();
  }

  /** What it knows to be lost. */
  public double lost() {
    return failed + dropped;
  }

  SpanCounts plus(SpanCounts other) {
    return new SpanCounts(
        in + other.in,
        out + other.out,
        failed + other.failed,
        dropped + other.dropped,
        refused + other.refused);
  }

  SpanCounts minus(SpanCounts earlier) {
    return new SpanCounts(
        in - earlier.in,
        out - earlier.out,
        failed - earlier.failed,
        dropped - earlier.dropped,
        refused - earlier.refused);
  }

  /** Whether these can have grown out of earlier ones without a new start. */
  boolean continues(SpanCounts earlier) {
    return in >= earlier.in
        && out >= earlier.out
        && failed >= earlier.failed
        && dropped >= earlier.dropped
        && refused >= earlier.refused;
  }
}
