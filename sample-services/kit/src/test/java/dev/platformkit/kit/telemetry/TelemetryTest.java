package dev.platformkit.kit.telemetry;

import static dev.platformkit.kit.Patience.await;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.prometheus.client.CollectorRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Spans on their way out, against a receiver that speaks gRPC but knows no protobuf. */
class TelemetryTest {
  private static final String EXPORT = "opentelemetry.proto.collector.trace.v1.TraceService/Export";

  private final CollectorRegistry metrics = new CollectorRegistry();
  private final List<byte[]> received = new CopyOnWriteArrayList<>();
  private Optional<Server> receiver = Optional.empty();

  @AfterEach
  void stop() {
    receiver.ifPresent(Server::shutdownNow);
  }

  @Test
  void aSpanArrivesAndIsCountedOnBothEnds() throws IOException {
    try (Telemetry telemetry = telemetryTo(Status.OK)) {
      telemetry.tracer().spanBuilder("buy").startSpan().end();

      await().untilAsserted(() -> assertThat(exported("success")).isEqualTo(1));
    }
    assertThat(value("otel_sdk_span_ended_total")).isEqualTo(1);
    assertThat(exported("failure")).isZero();
    assertThat(new String(received.get(0), ISO_8859_1))
        .contains("buy", "service.name", "shop", "service.instance.id", "host-1");
  }

  @Test
  void aSpanThatIsRefusedIsCountedAsLost() throws IOException {
    try (Telemetry telemetry = telemetryTo(Status.INVALID_ARGUMENT)) {
      telemetry.tracer().spanBuilder("buy").startSpan().end();

      await().untilAsserted(() -> assertThat(exported("failure")).isEqualTo(1));
    }
    assertThat(exported("success")).isZero();
  }

  @Test
  void whatIsNotSentYetIsSentAtTheEnd() throws IOException {
    receiver = Optional.of(receiver(Status.OK));
    Telemetry telemetry =
        Telemetry.start(
            "shop",
            "host-1",
            Optional.of(Telemetry.exporter(address())),
            metrics,
            Duration.ofHours(1));
    telemetry.tracer().spanBuilder("last").startSpan().end();

    telemetry.close();

    await().untilAsserted(() -> assertThat(exported("success")).isEqualTo(1));
  }

  @Test
  void withoutTracesNoSpanIsMadeButTheCallersTraceGoesOn() {
    String callers = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    try (Telemetry telemetry = Telemetry.withoutTraces("shop", metrics)) {
      Span nobodys = telemetry.tracer().spanBuilder("buy").startSpan();
      assertThat(nobodys.isRecording()).isFalse();
      assertThat(nobodys.getSpanContext().isValid()).isFalse();

      TextMapPropagator propagator =
          telemetry.openTelemetry().getPropagators().getTextMapPropagator();
      Context received =
          propagator.extract(Context.root(), Map.of("traceparent", callers), new MapOfHeaders());
      Span inside = telemetry.tracer().spanBuilder("buy").setParent(received).startSpan();
      Map<String, String> sent = new HashMap<>();
      propagator.inject(received.with(inside), sent, Map::put);

      assertThat(sent).containsEntry("traceparent", callers);
    }
    assertThat(metrics.getSampleValue("jvm_threads_current")).isPositive();
    assertThat(
            metrics.getSampleValue(
                "otel_sdk_span_ended_total", new String[] {"service"}, new String[] {"shop"}))
        .as("that it made none is told")
        .isZero();
  }

  private Telemetry telemetryTo(Status answer) throws IOException {
    receiver = Optional.of(receiver(answer));
    return Telemetry.start("shop", "host-1", Optional.of(address()), metrics);
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + receiver.orElseThrow().getPort());
  }

  private Server receiver(Status answer) throws IOException {
    MethodDescriptor<byte[], byte[]> method =
        MethodDescriptor.newBuilder(new Bytes(), new Bytes())
            .setType(MethodType.UNARY)
            .setFullMethodName(EXPORT)
            .build();
    return Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
        .addService(
            ServerServiceDefinition.builder(MethodDescriptor.extractFullServiceName(EXPORT))
                .addMethod(
                    method,
                    ServerCalls.asyncUnaryCall(
                        (request, caller) -> {
                          received.add(request);
                          if (answer.isOk()) {
                            caller.onNext(new byte[0]);
                            caller.onCompleted();
                          } else {
                            caller.onError(answer.asException());
                          }
                        }))
                .build())
        .build()
        .start();
  }

  private double exported(String result) {
    return metrics.getSampleValue(
        "otel_sdk_exporter_span_exported_total",
        new String[] {"service", "result"},
        new String[] {"shop", result});
  }

  private double value(String name) {
    return metrics.getSampleValue(name, new String[] {"service"}, new String[] {"shop"});
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
