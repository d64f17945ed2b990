package dev.platformkit.kit;

import dev.platformkit.kit.Environment.DatabaseSettings;
import dev.platformkit.kit.admin.AdminServer;
import dev.platformkit.kit.auth.AccessTokens;
import dev.platformkit.kit.auth.TokenKeys;
import dev.platformkit.kit.broker.Broker;
import dev.platformkit.kit.broker.TracedBroker;
import dev.platformkit.kit.config.LiveConfig;
import dev.platformkit.kit.config.Settings;
import dev.platformkit.kit.database.Database;
import dev.platformkit.kit.grpc.Channels;
import dev.platformkit.kit.grpc.GrpcServer;
import dev.platformkit.kit.grpc.RegistryNameResolver;
import dev.platformkit.kit.grpc.Transport;
import dev.platformkit.kit.http.HttpServer;
import dev.platformkit.kit.http.HttpSettings;
import dev.platformkit.kit.http.LiveRoutes;
import dev.platformkit.kit.http.Route;
import dev.platformkit.kit.limit.Rate;
import dev.platformkit.kit.limit.RateLimit;
import dev.platformkit.kit.log.Logs;
import dev.platformkit.kit.registry.Instance;
import dev.platformkit.kit.registry.Registry;
import dev.platformkit.kit.resilience.BreakerKind;
import dev.platformkit.kit.resilience.Guards;
import dev.platformkit.kit.telemetry.Telemetry;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.NameResolverRegistry;
import io.prometheus.client.CollectorRegistry;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process of the shop, from its first line to its last. A service's {@code main} says what it
 * serves and leaves the rest to this:
 *
 * <pre>
 * public static void main(String[] args) {
 *   Service.run(
 *       "cart", service -&gt; service.serve(new CartService(new CartStore(service.database()))));
 * }
 * </pre>
 *
 * It becomes ready when it serves and the registry knows it; it tolerates that anything it needs
 * comes later. Told to stop, it leaves the registry, ends what is under way, sends its last spans
 * and exits with 0.
 */
public final class Service {
  private static final Logger log = LoggerFactory.getLogger(Service.class);
  private static final Duration DRAIN = Duration.ofMillis(1500);
  private static final Duration HEARD_AND_CONNECTED = Duration.ofMillis(400);
  private static final String SCHEME = "registry";
  private static final String NETTY = "io.grpc.netty.shaded.io.netty.";

  private final String name;
  private final String id;
  private final Environment environment;
  private final CollectorRegistry metrics = new CollectorRegistry();
  private final Stopping stopping = new Stopping();
  private final Telemetry telemetry;
  private final Assembly assembly;
  private final Optional<Registry> registry;
  private final LiveConfig config;
  private final Settings settings;
  private final Transport transport;
  private final Channels channels;
  private final Trust trust;
  private final List<BindableService> services = new ArrayList<>();
  private Optional<LiveRoutes> routes = Optional.empty();
  private Optional<HttpSettings> http = Optional.empty();
  private Optional<GrpcServer> grpc = Optional.empty();
  private int httpPort;
  // By what they do, not what they are: a service without HTTP or a database has no such classes.
  private Runnable stopHttp = () -> {};
  private Runnable closeDatabase = () -> {};
  private Runnable closeBroker = () -> {};
  private Runnable closeNames = () -> {};
  private Runnable atTheEnd = () -> {};
  private Optional<Guards> guards = Optional.empty();
  private Optional<RateLimit> limit = Optional.empty();
  private Optional<AdminServer> admin = Optional.empty();
  private volatile Optional<Registry.Registration> registration = Optional.empty();
  private volatile Optional<String> missing = Optional.of("starting");
  private boolean registrationAwaited = true;
  private volatile boolean failed;

  Service(String name, Environment environment) {
    this.name = name;
    id = name + "-" + environment.hostname();
    this.environment = environment;
    Logs.start(name, environment.logLevel(), metrics);
    telemetry =
        environment.traced()
            ? Telemetry.start(name, environment.hostname(), environment.otlp(), metrics)
            : Telemetry.withoutTraces(name, metrics);
    assembly = new Assembly(name, id, environment);
    registry = assembly.registry();
    registry.ifPresent(
        known ->
            NameResolverRegistry.getDefaultRegistry()
                .register(new RegistryNameResolver.Provider(SCHEME, known)));
    config = assembly.config();
    settings = new Settings(config, name, metrics);
    settings.of("log-level", Logs.level(environment.logLevel()), Logs::level).follow(Logs::least);
    transport = environment.parts().transport().transport(SCHEME, environment.parts().selector());
    channels = new Channels(transport, environment.parts().codec(), telemetry, this::credentials);
    trust = new Trust(name, environment.serviceKey(), () -> channels.to("user"));
  }

  /** What a service consists of. */
  public interface Setup {
    void of(Service service);
  }

  /** What a process does that ends by itself. */
  public interface Job {
    void run(Service service) throws Exception;
  }

  /** Runs the process until it is told to stop. */
  public static void run(String name, Setup setup) {
    prepare();
    if (Training.asked()) {
      Training.of(name, setup);
      return;
    }
    Service service = begin(name);
    try {
      service.start(setup);
    } catch (Exception e) {
      if (!service.stopping.told()) {
        log.error("cannot start", e);
        service.failed = true;
        System.exit(1);
      }
    }
    service.stopping.await();
  }

  /**
   * Runs the process until its job is done; it exits with 0, or with 1 when the job throws. It
   * serves nothing, not even its metrics, which nobody would come in time to ask for.
   */
  public static void runOnce(String name, Job job) {
    prepare();
    if (Training.asked()) {
      Training.ofJob(name, job);
    } else {
      Once.run(name, begin(name), job);
    }
  }

  private static Service begin(String name) {
    Service service = new Service(name, Environment.of(System.getenv()));
    Thread main = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> service.end(main), "end"));
    return service;
  }

  private static void prepare() {
    // A server that comes later is looked up again at once; one that moved, soon.
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    Security.setProperty("networkaddress.cache.ttl", "5");
    // Netty takes memory in large pieces, one for each core, unless told that this is a small
    // process.
    System.setProperty(NETTY + "allocator.numDirectArenas", "1");
    System.setProperty(NETTY + "allocator.numHeapArenas", "1");
    System.setProperty(NETTY + "allocator.maxOrder", "5");
    // Its native code would have to be unpacked where nothing may be executed.
    System.setProperty(NETTY + "transport.noNative", "true");
  }

  /** The service's own database; waits until it is there. */
  public Database database() {
    DatabaseSettings settings =
        environment
            .database()
            .orElseThrow(() -> new IllegalArgumentException("DATABASE_URL is not set"));
    missing = Optional.of("waiting for the database at " + settings.url());
    Database database =
        Training.asked()
            ? Database.rehearse(settings, telemetry)
            : Database.open(settings, telemetry, stopping);
    closeDatabase = database::close;
    return database;
  }

  /** What carries messages between services; it may not be there yet. */
  public Broker broker() {
    Broker broker = assembly.broker(metrics);
    closeBroker = broker::close;
    return new TracedBroker(broker, environment.parts().broker().system(), telemetry);
  }

  /** A channel to another service. */
  public Channel channel(String service) {
    return channels.to(service);
  }

  /**
   * A channel to another service that protects this one from it: what fails too often is not asked
   * for a while, and no more than so many calls wait for it at a time.
   */
  public Channel guardedChannel(String service) {
    if (environment.parts().breaker() == BreakerKind.OFF) {
      return channels.to(service);
    }
    if (guards.isEmpty()) {
      guards = Optional.of(new Guards(name, metrics));
    }
    return ClientInterceptors.intercept(
        channels.to(service), guards.orElseThrow().towards(service));
  }

  /** Lets each caller have so much and no more, where there is such a rate: {@link RateLimit}. */
  public void limit(Optional<Rate> rate) {
    limit = rate.map(each -> new RateLimit(each, name, metrics));
  }

  /** What can be changed about this service while it runs. */
  public Settings settings() {
    return settings;
  }

  /** Checks access tokens with these keys, which this service itself has made. */
  public void trust(TokenKeys own) {
    trust.own(own);
  }

  /** What access tokens say; checked with the keys that user publishes, unless they are ours. */
  public AccessTokens accessTokens() {
    return trust.accessTokens();
  }

  /** Serves this over gRPC. */
  public void serve(BindableService... more) {
    services.addAll(List.of(more));
  }

  /** Serves these over HTTP. */
  public void serve(List<Route> fixed) {
    serve(LiveRoutes.of(fixed), HttpSettings.usual());
  }

  /** Serves over HTTP whatever these are at the moment of a request. */
  public void serve(LiveRoutes changing, HttpSettings settings) {
    routes = Optional.of(changing);
    http = Optional.of(settings);
  }

  /**
   * Tells the names of all services that take calls over gRPC, now and whenever that changes, until
   * this one stops.
   */
  public void followNames(Consumer<Set<String>> names) {
    registry.ifPresent(known -> closeNames = known.watchNames(names)::close);
  }

  /** A channel to another service for what is no request of anybody's, such as what it can do. */
  public Channel bareChannel(String service) {
    return channels.bare(service);
  }

  /** Is ready also where there is no registry to be found in. */
  public void readyUnregistered() {
    registrationAwaited = false;
  }

  /** Does this when the process is told to stop. */
  public void onStop(Runnable end) {
    atTheEnd = end;
  }

  public CollectorRegistry metrics() {
    return metrics;
  }

  /** Serves, and makes itself known. */
  void start(Setup setup) throws Exception {
    admin =
        Optional.of(
            AdminServer.start(environment.adminPort(), id, metrics, this::missing, () -> config));
    setup.of(this);
    missing = Optional.of("starting");
    if (!services.isEmpty()) {
      grpc =
          Optional.of(
              GrpcServer.start(
                  transport,
                  environment.grpcPort(),
                  telemetry,
                  id,
                  services,
                  trust.door(services, limit)));
    }
    if (routes.isPresent()) {
      HttpServer server =
          HttpServer.start(
              environment.httpPort(), telemetry, routes.orElseThrow(), http.orElseThrow());
      httpPort = server.port();
      stopHttp = server::stop;
    }
    if (stopping.told()) {
      return;
    }
    missing = Optional.empty();
    registration = registry.filter(known -> hasAddress()).map(k -> k.register(instance()));
    log.info(
        "serving {} ms after the process started",
        System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime());
  }

  /** Leaves the registry, ends what is under way, and sends what is left to send. */
  void stop() {
    registration.ifPresent(Registry.Registration::close);
    // Both at a time: each may take as long as the requests that are under way.
    CompletableFuture<Void> web = CompletableFuture.runAsync(stopHttp);
    grpc.ifPresent(server -> server.stop(DRAIN));
    limit.ifPresent(RateLimit::close);
    web.join();
    atTheEnd.run();
    closeBroker.run();
    closeNames.run();
    trust.close();
    channels.close();
    config.close();
    closeDatabase.run();
    log.info("stopped");
    telemetry.close();
    admin.ifPresent(AdminServer::close);
  }

  /** What a call to another service carries. */
  List<ClientInterceptor> credentials(String target) {
    return trust.towards(target);
  }

  Telemetry telemetry() {
    return telemetry;
  }

  /** Whether the process, when it is told to stop, ends as one that failed. */
  void endsWith(boolean failure) {
    failed = failure;
  }

  int grpcPort() {
    return grpc.map(GrpcServer::port).orElse(0);
  }

  int httpPort() {
    return httpPort;
  }

  int adminPort() {
    return admin.map(AdminServer::port).orElse(0);
  }

  Parts parts() {
    return environment.parts();
  }

  List<BindableService> services() {
    return services;
  }

  List<Route> routes() {
    return routes.map(LiveRoutes::now).orElse(List.of());
  }

  private void end(Thread main) {
    stopping.now();
    try {
      main.join(DRAIN.toMillis());
      stop();
    } catch (InterruptedException | RuntimeException e) {
      log.warn("did not stop in good order", e);
    }
    // A process that ends because of a signal would otherwise exit with the signal's number.
    Runtime.getRuntime().halt(failed ? 1 : 0);
  }

  private Optional<String> missing() {
    if (stopping.told()) {
      return Optional.of("stopping");
    }
    Optional<String> unregistered =
        registration
            .filter(r -> registrationAwaited && !heard(r))
            .map(r -> "not in the registry yet");
    return missing.or(() -> unregistered);
  }

  /** Whether whoever calls this service has had the time to hear of it and to connect. */
  private boolean heard(Registry.Registration registered) {
    Duration time = grpc.isPresent() ? HEARD_AND_CONNECTED : Duration.ZERO;
    return registered
        .acknowledged()
        .filter(since -> !since.plus(time).isAfter(Instant.now()))
        .isPresent();
  }

  /** Whether other processes can call this one; else the registry has nothing to say about it. */
  private boolean hasAddress() {
    return grpc.isEmpty() || grpcPort() >= 0;
  }

  private Instance instance() {
    String host = environment.address();
    return grpc.isPresent()
        ? new Instance(id, name, host, grpcPort(), health("grpc", host, grpcPort(), "/" + id))
        : new Instance(
            id, name, host, httpPort, health("http", host, adminPort(), "/readyz?instance=" + id));
  }

  private static URI health(String scheme, String host, int port, String rest) {
    return URI.create(scheme + "://" + host + ":" + port + rest);
  }
}
