package dev.platformkit.kit.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.ServerBuilder;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * From one service to another in the same process, by their names alone: no port, no registry, one
 * instance each. Messages are handed over as they are, which does no harm since nobody can change
 * them.
 */
public final class InProcessTransport implements Transport {
  @Override
  public ServerBuilder<?> server(String service, int port) {
    return InProcessServerBuilder.forName(service);
  }

  @Override
  public ManagedChannel connect(String service, Map<String, ?> config) {
    TryAgain again = new TryAgain();
    ManagedChannel channel =
        InProcessChannelBuilder.forName(service)
            .defaultServiceConfig(config)
            .enableRetry()
            .intercept(again, new LargestAnswer())
            .build();
    again.channel.set(channel);
    channel.getState(true);
    return channel;
  }

  /**
   * A service that was not there when it was looked for would be waited for longer and longer; here
   * looking costs nothing, so each call does.
   */
  private static final class TryAgain implements ClientInterceptor {
    private final AtomicReference<ManagedChannel> channel = new AtomicReference<>();

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      ManagedChannel own = channel.get();
      if (own != null && own.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
        own.resetConnectBackoff();
      }
      return next.newCall(method, options);
    }
  }
}
