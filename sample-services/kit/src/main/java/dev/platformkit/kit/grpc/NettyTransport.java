package dev.platformkit.kit.grpc;

import dev.platformkit.kit.selector.Selection;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ServerBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * HTTP/2 between processes. Others are found by a name resolver; a call goes to one of the healthy
 * instances, whichever is selected, and an instance that hangs is noticed by keep-alives.
 */
public final class NettyTransport implements Transport {
  private final String scheme;
  private final String policy;

  public NettyTransport(String scheme, Selection selection) {
    this.scheme = scheme;
    policy = SelectingLoadBalancer.policy(selection);
  }

  @Override
  public ServerBuilder<?> server(String service, int port) {
    return Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
        .permitKeepAliveTime(5, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true);
  }

  @Override
  public ManagedChannel connect(String service, Map<String, ?> config) {
    AtomicReference<ManagedChannel> opened = new AtomicReference<>();
    ManagedChannel channel =
        Grpc.newChannelBuilder(scheme + ":///" + service, InsecureChannelCredentials.create())
            .defaultLoadBalancingPolicy(policy)
            .defaultServiceConfig(config)
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
}
