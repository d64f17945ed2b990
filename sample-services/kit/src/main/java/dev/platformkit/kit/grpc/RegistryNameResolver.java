package dev.platformkit.kit.grpc;

import dev.platformkit.kit.registry.Registry;
import dev.platformkit.kit.registry.Registry.Endpoint;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.Status;
import io.grpc.StatusOr;
import io.grpc.SynchronizationContext;
import io.grpc.SynchronizationContext.ScheduledHandle;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Finds {@code <scheme>:///<service>} in the registry and follows it there. What was known last
 * stays in use while the registry does not answer. That a service which was there is gone is
 * believed only when it stays so for a moment: a registry that restarts knows nobody at first.
 */
public final class RegistryNameResolver extends NameResolver {
  private static final Duration DOUBT = Duration.ofSeconds(3);

  private final Registry registry;
  private final String service;
  private final SynchronizationContext turn;
  private final ScheduledExecutorService timer;
  private Registry.Watch watch;
  private Listener2 listener;
  private List<Endpoint> known = List.of();
  private ScheduledHandle doubt;

  private RegistryNameResolver(Registry registry, String service, Args args) {
    this.registry = registry;
    this.service = service;
    turn = args.getSynchronizationContext();
    timer = args.getScheduledExecutorService();
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
    cancelDoubt();
  }

  private void heard(List<Endpoint> endpoints) {
    cancelDoubt();
    if (endpoints.isEmpty() && !known.isEmpty()) {
      doubt =
          turn.schedule(() -> believe(List.of()), DOUBT.toMillis(), TimeUnit.MILLISECONDS, timer);
    } else {
      believe(endpoints);
    }
  }

  private void believe(List<Endpoint> endpoints) {
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
  }

  private void notHeard(Exception cause) {
    if (known.isEmpty()) {
      listener.onError(
          Status.UNAVAILABLE
              .withDescription("the registry does not say where " + service + " is")
              .withCause(cause));
    }
  }

  private void cancelDoubt() {
    if (doubt != null) {
      doubt.cancel();
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
