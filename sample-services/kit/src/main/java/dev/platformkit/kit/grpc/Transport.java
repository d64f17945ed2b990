package dev.platformkit.kit.grpc;

import io.grpc.ManagedChannel;
import io.grpc.ServerBuilder;
import java.util.Map;

/**
 * How calls travel: what a service serves by, and what it reaches others by. Whatever a call passes
 * on its way (deadline, credentials, door, validation, spans, metrics, retries) is put on both ends
 * by {@link GrpcServer} and {@link Channels}, and is the same over each.
 */
public interface Transport {
  /** What takes the calls to a service; a port of 0 is any free one. */
  ServerBuilder<?> server(String service, int port);

  /**
   * The way to a service, which need not be there yet: it connects at once, and again whenever the
   * service comes back.
   *
   * @param config gRPC's service config
   */
  ManagedChannel connect(String service, Map<String, ?> config);
}
