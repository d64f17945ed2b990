package dev.platformkit.kit.grpc;

import static dev.platformkit.kit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.kit.registry.Registry.Endpoint;
import dev.platformkit.kit.selector.Selection;
import dev.platformkit.kit.telemetry.Telemetry;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the two spans of a call say of it. */
class CallSpansTest {
  private final String scheme = "test-" + UUID.randomUUID();
  private final FakeRegistry registry = new FakeRegistry();
  private final Telemetry client =
      Telemetry.start("caller", "host-1", Optional.empty(), new CollectorRegistry());
  private final Telemetry server =
      Telemetry.start("echo", "host-2", Optional.empty(), new CollectorRegistry());
  private final AtomicReference<Span> made = new AtomicReference<>();
  private final AtomicReference<Span> handled = new AtomicReference<>();
  private final Channels channels =
      new Channels(scheme, Selection.ROUND_ROBIN, client, service -> List.of(new SeesSpan()));
  private Optional<Status> failure = Optional.empty();
  private GrpcServer echo;

  @BeforeEach
  void start() throws IOException {
    NameResolverRegistry.getDefaultRegistry()
        .register(new RegistryNameResolver.Provider(scheme, registry));
    echo = GrpcServer.start(0, server, "echo-1", List.of(new Echo(this::answer)), List.of());
    registry.knows(new Endpoint("127.0.0.1", echo.port()));
  }

  @AfterEach
  void stop() {
    channels.close();
    echo.stop(Duration.ZERO);
    client.close();
    server.close();
  }

  @Test
  void bothAreNamedByTheMethodAndBelongTogether() {
    Echo.say(channels.to("echo"), "hello");

    SpanData call = ended(made);
    SpanData handling = ended(handled);
    assertThat(List.of(call.getName(), handling.getName())).containsOnly("test.Echo/Say");
    assertThat(call.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(handling.getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(handling.getTraceId()).isEqualTo(call.getTraceId());
    assertThat(handling.getParentSpanId()).isEqualTo(call.getSpanId());
  }

  @Test
  void theySayWhatWasAskedOfWhomAndHowItEnded() {
    Echo.say(channels.to("echo"), "hello");

    assertThat(attributes(ended(made)))
        .isEqualTo(
            Map.of(
                "rpc.system", "grpc",
                "rpc.service", "test.Echo",
                "rpc.method", "Say",
                "rpc.grpc.status_code", 0L,
                "server.address", "echo",
                "network.peer.address", "127.0.0.1",
                "network.peer.port", (long) echo.port()));
    assertThat(attributes(ended(handled)))
        .containsEntry("rpc.method", "Say")
        .containsEntry("rpc.grpc.status_code", 0L)
        .containsEntry("server.address", "echo")
        .containsEntry("network.peer.address", "127.0.0.1");
    assertThat(ended(handled).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
  }

  @Test
  void whatIsTheCallersFaultIsNoErrorOfTheServer() {
    sayInVain(Status.NOT_FOUND);

    assertThat(ended(made).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(ended(handled).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(attributes(ended(handled))).containsEntry("rpc.grpc.status_code", 5L);
  }

  @Test
  void whatIsTheServersFaultIsAnErrorOfBoth() {
    sayInVain(Status.INTERNAL);

    assertThat(ended(made).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(ended(handled).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
  }

  private String answer(String text) {
    handled.set(Span.current());
    failure.ifPresent(
        status -> {
          throw status.asRuntimeException();
        });
    return text;
  }

  private void sayInVain(Status status) {
    failure = Optional.of(status);
    try {
      Echo.say(channels.to("echo"), "hello");
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().getCode()).isEqualTo(status.getCode());
    }
  }

  /** A caller has its answer before the server's span has ended. */
  private static SpanData ended(AtomicReference<Span> span) {
    ReadableSpan readable = (ReadableSpan) span.get();
    await().until(readable::hasEnded);
    return readable.toSpanData();
  }

  private static Map<String, Object> attributes(SpanData span) {
    return span.getAttributes().asMap().entrySet().stream()
        .collect(Collectors.toMap(entry -> entry.getKey().getKey(), Map.Entry::getValue));
  }

  private final class SeesSpan implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      made.set(Span.current());
      return next.newCall(method, options);
    }
  }
}
