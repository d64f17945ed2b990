package dev.platformkit.kit.grpc;

import dev.platformkit.kit.contract.Contracts;
import dev.platformkit.kit.selector.Selection;
import dev.platformkit.kit.telemetry.Telemetry;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.opentelemetry.instrumentation.grpc.v1_6.GrpcTelemetry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Channels to other services, found through the registry, one for each. A call goes to one of the
 * healthy instances, whichever is selected; it always has a deadline, which is that of the request
 * in whose course it is made or else {@link #DEADLINE}; and an instance that hangs is noticed by
 * keep-alives. A call that does no harm when it is made twice, as the contracts have it, is made
 * again, at another instance if there is one, when nobody took it; but not so often that it would
 * burden a service that is down with all of it.
 */
public final class Channels implements AutoCloseable {
  /** Longer than this nobody waits for an answer. */
  public static final Duration DEADLINE = Duration.ofSeconds(2);

  private final String scheme;
  private final String policy;
  private final ClientCallObserver observer;
  private final ClientInterceptor tracing;
  private final Function<String, List<ClientInterceptor>> more;
  private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();

  /**
   * Channels whose targets are resolved by the name resolver of a scheme, and among whose instances
   * is selected in this way.
   *
   * @param more what a call to a service passes besides, closest to the wire
   */
  public Channels(
      String scheme,
      Selection selection,
      Telemetry telemetry,
      Function<String, List<ClientInterceptor>> more) {
    this.scheme = scheme;
    this.more = more;
    policy = SelectingLoadBalancer.policy(selection);
    observer = new ClientCallObserver(telemetry);
    tracing = GrpcTelemetry.create(telemetry.openTelemetry()).createClientInterceptor();
  }

  /** The channel to a service; it connects at once, and again whenever it lost its connection. */
  public Channel to(String service) {
    // Whoever comes last in this list is asked first.
    return ClientInterceptors.intercept(
        ClientInterceptors.intercept(bare(service), more.apply(service)),
        List.of(observer.of(service), tracing, new DefaultDeadline()));
  }

  /** The same, for what is no request of anybody's: no span, no metric, no credential. */
  public Channel bare(String service) {
    return channels.computeIfAbsent(service, this::open);
  }

  /** As gRPC has it: doubles for numbers, texts for times. */
  private static Map<String, ?> config(String service) {
    return Map.of(
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
    AtomicReference<ManagedChannel> opened = new AtomicReference<>();
    ManagedChannel channel =
        Grpc.newChannelBuilder(scheme + ":///" + service, InsecureChannelCredentials.create())
            .defaultLoadBalancingPolicy(policy)
            // By name: whoever else has got the address by now is not healthy as this service.
            .defaultServiceConfig(config(service))
            .keepAliveTime(10, TimeUnit.SECONDS)
            .keepAliveTimeout(2, TimeUnit.SECONDS)
            .keepAliveWithoutCalls(true)
            // An instance that comes back where it was is not made to wait for the next try.
            .setNameResolverArg(
                RegistryNameResolver.ON_NEWS,
                () ->
                    Optional.ofNullable(opened.get())
                        .ifPresent(ManagedChannel::resetConnectBackoff))
            .build();
    opened.set(channel);
    channel.getState(true);
    return channel;
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
