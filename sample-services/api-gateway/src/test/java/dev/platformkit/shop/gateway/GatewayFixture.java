package dev.platformkit.shop.gateway;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.platformkit.kit.auth.Credentials;
import dev.platformkit.kit.auth.ServiceKey;
import dev.platformkit.kit.grpc.Channels;
import dev.platformkit.kit.grpc.GrpcServer;
import dev.platformkit.kit.grpc.RegistryNameResolver;
import dev.platformkit.kit.http.Cors;
import dev.platformkit.kit.http.HttpServer;
import dev.platformkit.kit.http.HttpSettings;
import dev.platformkit.kit.selector.Selection;
import dev.platformkit.kit.telemetry.Telemetry;
import io.grpc.BindableService;
import io.grpc.NameResolverRegistry;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** A gateway as it is in production, before services of a test that a registry knows. */
final class GatewayFixture implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Credentials CREDENTIALS = credentials();

  private static final AtomicInteger SCHEMES = new AtomicInteger();

  final FakeRegistry registry = new FakeRegistry();
  final CollectorRegistry metrics = new CollectorRegistry();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Telemetry telemetry =
      Telemetry.start("api-gateway", "host-1", Optional.empty(), metrics);
  private final List<Telemetry> others = new ArrayList<>();
  private final Map<String, GrpcServer> servers = new HashMap<>();
  private final Channels channels;
  private final Discovery discovery;
  private final HttpServer server;

  GatewayFixture(Duration deadline, Discovery.Pace pace, HttpSettings settings, Tokens tokens)
      throws Exception {
    String scheme = "gateway" + SCHEMES.incrementAndGet();
    NameResolverRegistry.getDefaultRegistry()
        .register(new RegistryNameResolver.Provider(scheme, registry));
    channels =
        new Channels(
            scheme,
            Selection.ROUND_ROBIN,
            telemetry,
            service -> List.of(CREDENTIALS.towards(service)));
    Gateway gateway = new Gateway(new Backends(channels::to, tokens, deadline), metrics);
    discovery = new Discovery(channels::bare, pace, gateway::learn);
    registry.watchNames(discovery::found);
    server = HttpServer.start(0, telemetry, gateway.routes(), settings);
  }

  /** A gateway that asks services rarely and waits for them long. */
  static GatewayFixture start() throws Exception {
    return new GatewayFixture(
        PATIENCE,
        new Discovery.Pace(PATIENCE, PATIENCE, PATIENCE),
        HttpSettings.usual().withPatience(PATIENCE).withCors(Cors.nobody()),
        good -> {});
  }

  private static Credentials credentials() {
    try {
      Path key = Files.writeString(Files.createTempFile("key", ""), UUID.randomUUID().toString());
      ServiceKey read = ServiceKey.read("api-gateway", key);
      Files.delete(key);
      return new Credentials(read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ConditionFactory await() {
    return Awaitility.await().atMost(PATIENCE);
  }

  /** Serves this as a kit service of that name, which the registry knows from now on. */
  GatewayFixture with(String name, BindableService... services) throws IOException {
    Telemetry own = Telemetry.start(name, "host-2", Optional.empty(), new CollectorRegistry());
    GrpcServer started = GrpcServer.start(0, own, name + "-1", List.of(services), List.of());
    servers.put(name, started);
    others.add(own);
    registry.knows(name, started.port());
    return this;
  }

  void stops(String name) {
    servers.remove(name).stop(Duration.ZERO);
  }

  /** Waits until all that the registry knows has said what can be asked of it. */
  GatewayFixture ready() {
    await().until(() -> get("/nothing").statusCode() == 404);
    return this;
  }

  int port() {
    return server.port();
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return send("GET", path, "", headers);
  }

  HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    return send("POST", path, body, headers);
  }

  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  static JsonObject json(HttpResponse<String> answer) {
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  static JsonObject json(String text) {
    return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
  }

  @Override
  public void close() {
    discovery.close();
    server.stop();
    channels.close();
    servers.values().forEach(each -> each.stop(Duration.ZERO));
    others.forEach(Telemetry::close);
    telemetry.close();
  }
}
