package dev.platformkit.kit.grpc;

import dev.platformkit.kit.registry.Registry.Endpoint;
import dev.platformkit.kit.selector.Selection;
import io.grpc.NameResolverRegistry;
import java.util.UUID;

class NettyTransportTest extends TransportContract {
  private final String scheme = "netty-" + UUID.randomUUID();
  private final FakeRegistry registry = new FakeRegistry();

  NettyTransportTest() {
    NameResolverRegistry.getDefaultRegistry()
        .register(new RegistryNameResolver.Provider(scheme, registry));
  }

  @Override
  protected Transport transport() {
    return new NettyTransport(scheme, Selection.ROUND_ROBIN);
  }

  @Override
  protected void listensAt(int port) {
    registry.knows(new Endpoint("127.0.0.1", port));
  }
}
