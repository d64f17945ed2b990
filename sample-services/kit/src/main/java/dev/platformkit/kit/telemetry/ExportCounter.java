package dev.platformkit.kit.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.util.Collection;

/** Counts the spans that the receiver took, and those that it did not. */
final class ExportCounter implements SpanExporter {
  private final SpanExporter exporter;
  private final Counter.Child taken;
  private final Counter.Child lost;

  ExportCounter(String service, SpanExporter exporter, CollectorRegistry metrics) {
    this.exporter = exporter;
    Counter exported =
        Counter.build("otel_sdk_exporter_span_exported", "Spans that were sent, by how that ended.")
            .labelNames("service", "result")
            .withoutExemplars()
            .register(metrics);
    taken = exported.labels(service, "success");
    lost = exported.labels(service, "failure");
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    int count = spans.size();
    CompletableResultCode result = exporter.export(spans);
    return result.whenComplete(() -> (result.isSuccess() ? taken : lost).inc(count));
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
