package dev.platformkit.kit.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.hotspot.DefaultExports;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A service's traces and metrics. Every request is sampled unless its caller decided otherwise, and
 * spans leave within a fraction of a second: whoever follows a request does so right after it.
 */
public final class Telemetry implements AutoCloseable {
  /** Each export costs a millisecond of CPU, however few spans it takes along. */
  private static final Duration EXPORT_EVERY = Duration.ofMillis(500);

  private static final Duration EXPORT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(1);
  private static final int QUEUED_SPANS = 4096;

  private final String service;
  private final CollectorRegistry metrics;
  private final OpenTelemetry openTelemetry;
  private final Tracer tracer;
  private final Runnable flush;

  private Telemetry(
      String service, CollectorRegistry metrics, OpenTelemetry openTelemetry, Runnable flush) {
    this.service = service;
    this.metrics = metrics;
    this.openTelemetry = openTelemetry;
    this.flush = flush;
    tracer = openTelemetry.getTracer("dev.platformkit.kit");
  }

  /** Makes no spans, and counts none; a trace that a caller has begun is passed on as it came. */
  public static Telemetry withoutTraces(String service, CollectorRegistry metrics) {
    DefaultExports.register(metrics);
    SpanEndCounter.register(service, metrics);
    return new Telemetry(service, metrics, OpenTelemetry.propagating(propagators()), () -> {});
  }

  /** Sends spans to an OTLP endpoint; without one they go nowhere, but exist. */
  public static Telemetry start(
      String service, String instance, Optional<URI> otlp, CollectorRegistry metrics) {
    return start(service, instance, otlp.map(Telemetry::exporter), metrics, EXPORT_EVERY);
  }

  /** Hands spans to this exporter. */
  static Telemetry start(
      String service,
      String instance,
      Optional<SpanExporter> exporter,
      CollectorRegistry metrics,
      Duration exportEvery) {
    DefaultExports.register(metrics);
    SdkTracerProviderBuilder traces =
        SdkTracerProvider.builder()
            .setResource(resource(service, instance))
            .setSampler(Sampler.parentBased(Sampler.alwaysOn()))
            .addSpanProcessor(new JourneyOnSpans())
            .addSpanProcessor(new SpanEndCounter(service, metrics));
    exporter.ifPresent(
        e ->
            traces.addSpanProcessor(
                BatchSpanProcessor.builder(new ExportCounter(service, e, metrics))
                    .setScheduleDelay(exportEvery)
                    .setExporterTimeout(EXPORT_TIMEOUT)
                    .setMaxQueueSize(QUEUED_SPANS)
                    .build()));
    SdkTracerProvider provider = traces.build();
    return new Telemetry(
        service,
        metrics,
        OpenTelemetrySdk.builder()
            .setTracerProvider(provider)
            .setPropagators(propagators())
            .build(),
        () -> provider.shutdown().join(FLUSH_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
  }

  public String service() {
    return service;
  }

  public CollectorRegistry metrics() {
    return metrics;
  }

  public OpenTelemetry openTelemetry() {
    return openTelemetry;
  }

  public Tracer tracer() {
    return tracer;
  }

  /** Sends what is still here, but does not wait long for a receiver that does not answer. */
  @Override
  public void close() {
    flush.run();
  }

  private static ContextPropagators propagators() {
    return ContextPropagators.create(
        TextMapPropagator.composite(W3CTraceContextPropagator.getInstance(), new Journey()));
  }

  static SpanExporter exporter(URI endpoint) {
    return OtlpGrpcSpanExporter.builder()
        .setEndpoint(endpoint.toString())
        .setTimeout(EXPORT_TIMEOUT)
        .build();
  }

  private static Resource resource(String service, String instance) {
    return Resource.getDefault()
        .merge(
            Resource.create(
                Attributes.of(
                    AttributeKey.stringKey("service.name"), service,
                    AttributeKey.stringKey("service.instance.id"), instance)));
  }
}
