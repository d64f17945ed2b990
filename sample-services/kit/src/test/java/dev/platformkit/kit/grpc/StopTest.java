package dev.platformkit.kit.grpc;

import static dev.platformkit.kit.Patience.PATIENCE;
import static dev.platformkit.kit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.kit.registry.Registry.Endpoint;
import dev.platformkit.kit.selector.Selection;
import dev.platformkit.kit.telemetry.Telemetry;
import io.grpc.Channel;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusRuntimeException;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers that are told to stop while they are called, by callers that never try again. */
class StopTest {
  private static final int CALLERS = 24;
  private static final int STOPS = 15;

  private final String scheme = "stop-" + UUID.randomUUID();
  private final FakeRegistry registry = new FakeRegistry();
  private final Telemetry telemetry =
      Telemetry.start("caller", "host-1", Optional.empty(), new CollectorRegistry());
  private final List<GrpcServer> servers = new ArrayList<>();
  private final Channels channels =
      new Channels(scheme, Selection.RANDOM, telemetry, service -> List.of());
  private volatile boolean calling = true;

  @AfterEach
  void stop() {
    calling = false;
    channels.close();
    servers.forEach(server -> server.stop(Duration.ZERO));
    telemetry.close();
  }

  @Test
  void noCallIsLostWhenAnInstanceStopsThatIsStillKnown() throws Exception {
    Channel echo = connected();
    registry.knows(serve(text -> text), serve(text -> text));
    assertThat(Echo.say(echo, "connected")).isEqualTo("connected");
    Queue<String> lost = new ConcurrentLinkedQueue<>();
    AtomicInteger answered = new AtomicInteger();
    ExecutorService each = Executors.newFixedThreadPool(CALLERS);
    List<CompletableFuture<Void>> callers =
        Stream.generate(
                () -> CompletableFuture.runAsync(() -> keepCalling(echo, answered, lost), each))
            .limit(CALLERS)
            .toList();

    for (int i = 0; i < STOPS; i++) {
      int before = answered.get();
      await().until(() -> answered.get() > before + 10 * CALLERS || !lost.isEmpty());
      GrpcServer oldest = servers.remove(0);
      Endpoint next = serve(text -> text);
      registry.knows(
          new Endpoint("127.0.0.1", oldest.port()),
          new Endpoint("127.0.0.1", servers.get(0).port()),
          next);
      oldest.stop(PATIENCE);
      registry.knows(new Endpoint("127.0.0.1", servers.get(0).port()), next);
    }
    calling = false;
    for (CompletableFuture<Void> caller : callers) {
      caller.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    each.shutdown();
    assertThat(lost).isEmpty();
  }

  private void keepCalling(Channel echo, AtomicInteger answered, Queue<String> lost) {
    while (calling) {
      try {
        Echo.say(echo, "x");
        answered.incrementAndGet();
      } catch (StatusRuntimeException e) {
        lost.add(e.getMessage());
      }
    }
  }

  private Channel connected() {
    NameResolverRegistry.getDefaultRegistry()
        .register(new RegistryNameResolver.Provider(scheme, registry));
    return channels.to("echo");
  }

  private Endpoint serve(UnaryOperator<String> answer) throws IOException {
    GrpcServer server =
        GrpcServer.start(
            0,
            Telemetry.start("echo", "host-2", Optional.empty(), new CollectorRegistry()),
            "echo-1",
            List.of(new Echo(answer)),
            List.of());
    servers.add(server);
    return new Endpoint("127.0.0.1", server.port());
  }
}
