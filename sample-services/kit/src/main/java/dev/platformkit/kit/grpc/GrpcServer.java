package dev.platformkit.kit.grpc;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import dev.platformkit.kit.selector.Selection;
import dev.platformkit.kit.telemetry.Telemetry;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Serves gRPC services with tracing, metrics, a log line per call, health and reflection. Health
 * and reflection themselves stand outside of all that: what the registry asks every second is no
 * request.
 */
public final class GrpcServer {
  private static final int THREADS = 32;
  private static final int LARGEST_MESSAGE = 1 << 20;

  private final Server server;
  private final ExecutorService executor;
  private final HealthStatusManager health;
  private final HealthWatches watches;

  private GrpcServer(
      Server server, ExecutorService executor, HealthStatusManager health, HealthWatches watches) {
    this.server = server;
    this.executor = executor;
    this.health = health;
    this.watches = watches;
  }

  /**
   * Listens at once, on any free port if that is 0. Its health can be asked for by the service's
   * name and the instance's id too, so that whoever finds another process at a remembered address
   * notices.
   *
   * @param inside what a call passes last before it reaches a service, in this order
   */
  public static GrpcServer start(
      int port,
      Telemetry telemetry,
      String instance,
      List<BindableService> services,
      List<ServerInterceptor> inside)
      throws IOException {
    return start(
        new NettyTransport("dns", Selection.RANDOM), port, telemetry, instance, services, inside);
  }

  /** The same, reached by this transport. */
  public static GrpcServer start(
      Transport transport,
      int port,
      Telemetry telemetry,
      String instance,
      List<BindableService> services,
      List<ServerInterceptor> inside)
      throws IOException {
    HealthStatusManager health = new HealthStatusManager();
    health.setStatus(telemetry.service(), ServingStatus.SERVING);
    health.setStatus(instance, ServingStatus.SERVING);
    HealthWatches watches = new HealthWatches();
    ServerCallObserver observer = new ServerCallObserver(telemetry);
    ExecutorService executor =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new ThreadFactoryBuilder().setNameFormat("grpc-%d").build(),
            // Only when we have stopped: connections that close have their last things to do.
            (last, stopped) -> last.run());
    ServerBuilder<?> builder =
        transport
            .server(telemetry.service(), port)
            .executor(executor)
            .maxInboundMessageSize(LARGEST_MESSAGE)
            .addService(ServerInterceptors.intercept(health.getHealthService(), watches))
            .addService(ProtoReflectionServiceV1.newInstance());
    for (BindableService service : services) {
      ServerServiceDefinition definition = service.bindService();
      observer.expect(definition);
      // A message that cannot be read is refused like one that may not be sent: traced and counted.
      builder.addService(
          ServerInterceptors.interceptForward(
              ReadCalls.of(
                  ServerInterceptors.interceptForward(definition, inside), LARGEST_MESSAGE),
              new ServerSpans(telemetry),
              new Attempts(),
              observer,
              new Failures()));
    }
    return new GrpcServer(builder.build().start(), executor, health, watches);
  }

  /** Where it listens; -1 where that is no port. */
  public int port() {
    return server.getPort();
  }

  /**
   * Takes no more calls, lets those that are under way end, and cuts off what has not ended in
   * time. Under way is also what a caller had sent before it heard of this, and what waits for a
   * thread; that is why the connections are waited for, which know, and not calls that were begun.
   */
  public void stop(Duration patience) {
    if (server.isShutdown()) {
      return;
    }
    health.enterTerminalState();
    server.shutdown();
    watches.end();
    if (allEnd(patience)) {
      executor.shutdown();
    } else {
      server.shutdownNow();
      executor.shutdownNow();
    }
  }

  private boolean allEnd(Duration patience) {
    try {
      return server.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
