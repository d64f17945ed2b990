package dev.platformkit.kit;

import dev.platformkit.kit.auth.AccessTokens;
import dev.platformkit.kit.auth.Credentials;
import dev.platformkit.kit.auth.Door;
import dev.platformkit.kit.auth.FetchedKeys;
import dev.platformkit.kit.auth.ServiceKey;
import dev.platformkit.kit.auth.TokenKeys;
import dev.platformkit.kit.contract.Validation;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ServerInterceptor;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whom a service lets in, and what it shows to others to be let in. The shop's key is read, and the
 * keys for access tokens are fetched, when they are first needed: a service that neither serves nor
 * calls over gRPC has none.
 */
final class Trust implements AutoCloseable {
  private final String service;
  private final Optional<Path> keyFile;
  private final Supplier<Channel> user;
  private Optional<ServiceKey> serviceKey = Optional.empty();
  private Optional<TokenKeys> tokenKeys = Optional.empty();
  private Optional<AccessTokens> accessTokens = Optional.empty();
  private Runnable stopFetching = () -> {};

  /**
   * @param service the service whose process this is
   * @param user where the keys for access tokens are published
   */
  Trust(String service, Optional<Path> keyFile, Supplier<Channel> user) {
    this.service = service;
    this.keyFile = keyFile;
    this.user = user;
  }

  /** Checks access tokens with these keys, which this service itself has made. */
  synchronized void own(TokenKeys keys) {
    tokenKeys = Optional.of(keys);
  }

  /** What access tokens say; checked with the keys that user publishes, unless they are ours. */
  synchronized AccessTokens accessTokens() {
    if (accessTokens.isEmpty()) {
      if (tokenKeys.isEmpty()) {
        FetchedKeys fetched = FetchedKeys.from(user.get());
        stopFetching = fetched::close;
        tokenKeys = Optional.of(fetched);
      }
      accessTokens = Optional.of(new AccessTokens(tokenKeys.orElseThrow(), Clock.systemUTC()));
    }
    return accessTokens.orElseThrow();
  }

  /**
   * What a call passes before these services see it: it is known whose it is before it is counted
   * against them.
   *
   * @throws IllegalArgumentException when a contract does not say who may call
   */
  List<ServerInterceptor> door(
      List<BindableService> services, Optional<? extends ServerInterceptor> limit) {
    services.forEach(served -> Door.expect(served.bindService()));
    List<ServerInterceptor> passed = new ArrayList<>();
    passed.add(new Door(key(), accessTokens()));
    limit.ifPresent(passed::add);
    passed.add(new Validation());
    return passed;
  }

  /** What a call to another service carries. */
  List<ClientInterceptor> towards(String target) {
    return List.of(new Credentials(key()).towards(target));
  }

  @Override
  public synchronized void close() {
    stopFetching.run();
  }

  private synchronized ServiceKey key() {
    if (serviceKey.isEmpty()) {
      Path file =
          keyFile.orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "SERVICE_KEY_FILE is not set: services show each other by its key that they"
                          + " are services of the shop"));
      serviceKey = Optional.of(ServiceKey.read(service, file));
    }
    return serviceKey.orElseThrow();
  }
}
