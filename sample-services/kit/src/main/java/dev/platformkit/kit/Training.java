package dev.platformkit.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.platformkit.kit.grpc.Channels;
import dev.platformkit.kit.grpc.RegistryNameResolver;
import dev.platformkit.kit.http.Route;
import dev.platformkit.kit.registry.Instance;
import dev.platformkit.kit.registry.Registry;
import dev.platformkit.kit.telemetry.Telemetry;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.NameResolverRegistry;
import io.grpc.ServerMethodDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Starts a service with nothing around it, asks it everything it can be asked, and ends. The image
 * build records which classes that takes and puts them into an archive, from which the real process
 * starts several times as fast. Nothing answers here: what is trained is the way, not the result.
 */
final class Training {
  private static final String SCHEME = "training";

  /** Nobody listens here, inside a container that is just being built. */
  private static final int CLOSED = 1;

  private static final int JOB_SECONDS = 3;

  private Training() {}

  /** Whether the process was started with {@code -Dplatform.training=true}. */
  static boolean asked() {
    return Boolean.getBoolean("platform.training");
  }

  static void of(String name, Service.Setup setup) {
    train(
        name,
        service -> {
          service.start(setup);
          askOverGrpc(name, service);
          askOverHttp(service);
        });
  }

  /** Does a job that has to fail: there is nobody to do it with, and no time to wait for them. */
  static void ofJob(String name, Service.Job job) {
    train(
        name,
        service -> {
          ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
          try (Context.CancellableContext hurry =
              Context.current().withDeadlineAfter(JOB_SECONDS, TimeUnit.SECONDS, timer)) {
            hurry.run(
                () ->
                    Once.succeeds(
                        name,
                        service.telemetry(),
                        () -> {
                          job.run(service);
                          return null;
                        }));
          } finally {
            timer.shutdownNow();
          }
        });
  }

  private static void train(String name, Service.Job exercise) {
    try {
      Path password =
          Files.writeString(Files.createTempFile("training", ""), UUID.randomUUID().toString());
      Service service = new Service(name, environment(password));
      exercise.run(service);
      service.stop();
      Files.delete(password);
    } catch (Exception e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
    System.out.println("trained " + name);
    Runtime.getRuntime().halt(0);
  }

  private static Environment environment(Path password) {
    return new Environment(
        "training",
        InetAddress.getLoopbackAddress().getHostAddress(),
        Optional.of(URI.create("http://127.0.0.1:" + CLOSED)),
        Optional.of(URI.create("nats://127.0.0.1:" + CLOSED)),
        Optional.of(URI.create("http://127.0.0.1:" + CLOSED)),
        true,
        Optional.of(
            new Environment.DatabaseSettings(
                "jdbc:postgresql://127.0.0.1:" + CLOSED + "/" + SCHEME, SCHEME, password)),
        Optional.of(password),
        0,
        0,
        0,
        "INFO",
        Parts.of(System.getenv()));
  }

  private static void askOverGrpc(String name, Service service) {
    NameResolverRegistry.getDefaultRegistry()
        .register(new RegistryNameResolver.Provider(SCHEME, new Self(service.grpcPort())));
    try (Telemetry caller =
            Telemetry.start(SCHEME, SCHEME, Optional.empty(), new CollectorRegistry());
        Channels channels =
            new Channels(
                service.parts().transport().transport(SCHEME, service.parts().selector()),
                service.parts().codec(),
                caller,
                service::credentials)) {
      for (BindableService served : service.services()) {
        for (ServerMethodDefinition<?, ?> method : served.bindService().getMethods()) {
          ask(channels.to(name), method.getMethodDescriptor());
        }
      }
    }
  }

  private static <Q, A> void ask(Channel channel, MethodDescriptor<Q, A> method) {
    Q empty = ((PrototypeMarshaller<Q>) method.getRequestMarshaller()).getMessagePrototype();
    try {
      ClientCalls.blockingUnaryCall(
          channel, method, CallOptions.DEFAULT.withDeadlineAfter(3, TimeUnit.SECONDS), empty);
    } catch (StatusRuntimeException e) {
      System.out.println(method.getFullMethodName() + " " + e.getStatus().getCode());
    }
  }

  private static void askOverHttp(Service service) throws IOException {
    for (String path : List.of("/metrics", "/healthz", "/readyz", "/config")) {
      ask(service.adminPort(), "GET", path);
    }
    for (Route route : service.routes()) {
      ask(service.httpPort(), route.method(), route.template().replaceAll("[{}]", ""));
    }
  }

  private static void ask(int port, String method, String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request =
          method
              + " "
              + path
              + " HTTP/1.1\r\nHost: training\r\nConnection: close\r\n"
              + "Accept: application/openmetrics-text\r\nAuthorization: Bearer training\r\n"
              + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      System.out.println(method + " " + path + " " + answer.lines().findFirst().orElse("nothing"));
    }
  }

  /** A registry in which everything is found here. */
  private record Self(int port) implements Registry {
    @Override
    public Registration register(Instance instance) {
      throw new UnsupportedOperationException("nothing registers in training");
    }

    @Override
    public Watch watch(String service, Listener listener) {
      listener.healthy(
          List.of(new Endpoint(InetAddress.getLoopbackAddress().getHostAddress(), port)));
      return () -> {};
    }

    @Override
    public Watch watchNames(Consumer<Set<String>> names) {
      throw new UnsupportedOperationException("nobody asks for names in training");
    }
  }
}
