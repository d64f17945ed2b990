package dev.platformkit.kit.telemetry;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;

/**
 * Counts the spans that were made: the first hop of a trace. Held against {@link ExportCounter}'s
 * count it shows what was dropped inside the process.
 */
final class SpanEndCounter implements SpanProcessor {
  private final Counter.Child ended;

  SpanEndCounter(String service, CollectorRegistry metrics) {
    ended = register(service, metrics);
  }

  /** The count alone, for whoever makes no spans: none is a number too. */
  static Counter.Child register(String service, CollectorRegistry metrics) {
    return Counter.build("otel_sdk_span_ended", "Sampled spans that ended.")
        .labelNames("service")
        .withoutExemplars()
        .register(metrics)
        .labels(service);
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    if (span.getSpanContext().isSampled()) {
      ended.inc();
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }
}
