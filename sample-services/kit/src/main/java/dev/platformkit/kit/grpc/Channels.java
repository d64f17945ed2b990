package dev.platformkit.kit.grpc;

import dev.platformkit.kit.codec.CodecKind;
import dev.platformkit.kit.contract.Contracts;
import dev.platformkit.kit.selector.Selection;
import dev.platformkit.kit.telemetry.Telemetry;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Channels to other services, one for each. A call always has a deadline, which is that of the
 * request in whose course it is made or else {@link #DEADLINE}. One that does no harm when it is
 * made twice, as the contracts have it, is made again, at another instance if there is one, when
 * nobody took it; but not so often that it would burden a service that is down with all of it.
 */
public final class Channels implements AutoCloseable {
  /** Longer than this nobody waits for an answer. */
  public static final Duration DEADLINE = Duration.ofSeconds(2);

  private final Transport transport;
  private final List<ClientInterceptor> written;
  private final ClientCallObserver observer;
  private final ClientInterceptor tracing;
  private final Function<String, List<ClientInterceptor>> more;
  private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();
  private final Map<String, Channel> intercepted = new ConcurrentHashMap<>();

  /**
   * Channels whose targets are resolved by the name resolver of a scheme, and among whose instances
   * is selected in this way.
   *
   * @param more what a call to a service passes besides
   */
  public Channels(
      String scheme,
      Selection selection,
      Telemetry telemetry,
      Function<String, List<ClientInterceptor>> more) {
    this(new NettyTransport(scheme, selection), CodecKind.PROTOBUF, telemetry, more);
  }

  /**
   * Channels by this transport, with messages that are written in this way.
   *
   * @param more what a call to a service passes besides
   */
  public Channels(
      Transport transport,
      CodecKind codec,
      Telemetry telemetry,
      Function<String, List<ClientInterceptor>> more) {
    this.transport = transport;
    this.more = more;
    written = codec == CodecKind.PROTOBUF ? List.of() : List.of(new WrittenCalls(codec.codec()));
    observer = new ClientCallObserver(telemetry);
    tracing = new ClientSpans(telemetry);
  }

  /** The channel to a service; it connects at once, and again whenever it lost its connection. */
  public Channel to(String service) {
    return intercepted.computeIfAbsent(service, this::intercept);
  }

  private Channel intercept(String service) {
    // Whoever comes last in this list is asked first.
    return ClientInterceptors.intercept(
        ClientInterceptors.intercept(
            ClientInterceptors.intercept(bare(service), written), more.apply(service)),
        List.of(observer.of(service), new AttemptEvents(), tracing, new DefaultDeadline()));
  }

  /** The same, for what is no request of anybody's: no span, metric, credential or codec. */
  public Channel bare(String service) {
    return channels.computeIfAbsent(service, this::open);
  }

  /** As gRPC has it: doubles for numbers, texts for times. */
  private static Map<String, ?> config(String service) {
    return Map.of(
        // By name: whoever else has got the address by now is not healthy as this service.
        "healthCheckConfig",
        Map.of("serviceName", service),
        "retryThrottling",
        Map.of("maxTokens", 20.0, "tokenRatio", 0.1),
        "methodConfig",
        List.of(
            Map.of(
                "name",
                Contracts.repeatable(),
                "retryPolicy",
                Map.of(
                    "maxAttempts",
                    3.0,
                    "initialBackoff",
                    "0.02s",
                    "maxBackoff",
                    "0.2s",
                    "backoffMultiplier",
                    2.0,
                    "retryableStatusCodes",
                    List.of("UNAVAILABLE")))));
  }

  private ManagedChannel open(String service) {
    return transport.connect(service, config(service));
  }

  @Override
  public void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
  }

  /** The deadline of the request that is being handled comes along by itself, in gRPC's context. */
  private static final class DefaultDeadline implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      return next.newCall(
          method,
          options.getDeadline() == null
              ? options.withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
              : options);
    }
  }
}
