package dev.platformkit.kit.grpc;

import dev.platformkit.kit.registry.Registry;
import dev.platformkit.kit.registry.Registry.Endpoint;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.Status;
import io.grpc.StatusOr;
import io.grpc.SynchronizationContext;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Objects;

/**
 * Finds {@code <scheme>:///<service>} in the registry and follows it there. What was known last
 * stays in use while the registry does not answer. That nobody is healthy is passed on as it is:
 * gRPC keeps a connection that works even then, so a registry that restarts, and at first knows
 * nobody, does no harm.
 */
public final class RegistryNameResolver extends NameResolver {
  /** Run whenever instances are heard of. */
  static final Args.Key<Runnable> ON_NEWS = Args.Key.create("on-news");

  private final Registry registry;
  private final String service;
  private final SynchronizationContext turn;
  private final Runnable onNews;
  private Registry.Watch watch;
  private Listener2 listener;
  private List<Endpoint> known = List.of();

  private RegistryNameResolver(Registry registry, String service, Args args) {
    this.registry = registry;
    this.service = service;
    turn = args.getSynchronizationContext();
    onNews = Objects.requireNonNullElse(args.getArg(ON_NEWS), () -> {});
  }

  @Override
  public String getServiceAuthority() {
    return service;
  }

  @Override
  public void start(Listener2 listener) {
    this.listener = listener;
    watch =
        registry.watch(
            service,
            new Registry.Listener() {
              @Override
              public void healthy(List<Endpoint> endpoints) {
                turn.execute(() -> heard(endpoints));
              }

              @Override
              public void unknown(Exception cause) {
                turn.execute(() -> notHeard(cause));
              }
            });
  }

  @Override
  public void shutdown() {
    watch.close();
  }

  private void heard(List<Endpoint> endpoints) {
    known = endpoints;
    listener.onResult2(
        ResolutionResult.newBuilder()
            .setAddressesOrError(
                StatusOr.fromValue(
                    endpoints.stream()
                        .map(e -> new InetSocketAddress(e.host(), e.port()))
                        .map(EquivalentAddressGroup::new)
                        .toList()))
            .build());
    onNews.run();
  }

  private void notHeard(Exception cause) {
    if (known.isEmpty()) {
      listener.onError(
          Status.UNAVAILABLE.withDescription(
              "the registry does not say where " + service + " is: " + cause.getMessage()));
    }
  }

  /** Makes resolvers for one scheme. */
  public static final class Provider extends NameResolverProvider {
    private final String scheme;
    private final Registry registry;

    public Provider(String scheme, Registry registry) {
      this.scheme = scheme;
      this.registry = registry;
    }

    @Override
    public NameResolver newNameResolver(URI target, Args args) {
      return scheme.equals(target.getScheme())
          ? new RegistryNameResolver(registry, target.getPath().substring(1), args)
          : null;
    }

    @Override
    public String getDefaultScheme() {
      return scheme;
    }

    @Override
    protected boolean isAvailable() {
      return true;
    }

    @Override
    protected int priority() {
      return 5;
    }
  }
}
