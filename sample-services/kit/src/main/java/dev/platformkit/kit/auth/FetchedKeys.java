package dev.platformkit.kit.auth;

import dev.platformkit.kit.Stopping;
import dev.platformkit.kit.Unavailable;
import dev.platformkit.shop.user.v1.GetKeysRequest;
import dev.platformkit.shop.user.v1.Key;
import dev.platformkit.shop.user.v1.UserServiceGrpc;
import dev.platformkit.shop.user.v1.UserServiceGrpc.UserServiceBlockingStub;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that user publishes: fetched at the start until there are some, then every minute, and
 * at once where a token names one that is not known, which is how a new key is heard of. What is
 * known stays known while user does not answer, so that who is signed in does not notice.
 *
 * <p>Fetched outside of the request in whose course that happens to be: in a trace of its own.
 */
public final class FetchedKeys implements TokenKeys, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FetchedKeys.class);
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** Anybody can make a key up; for so long they keep out who has a token of a new one. */
  private static final Duration AT_ONCE_AT_MOST_EVERY = Duration.ofMillis(500);

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final UserServiceBlockingStub user;
  private final Stopping stopping = new Stopping();
  private final Duration atOnceAtMostEvery;
  private volatile List<Key> keys = List.of();
  private long asked;

  private FetchedKeys(Channel user, Duration atOnceAtMostEvery) {
    this.user = UserServiceGrpc.newBlockingStub(user);
    this.atOnceAtMostEvery = atOnceAtMostEvery;
    asked = System.nanoTime() - atOnceAtMostEvery.toNanos();
  }

  /** Fetches from now on, in the background. */
  public static FetchedKeys from(Channel user) {
    return from(user, AT_ONCE_AT_MOST_EVERY);
  }

  static FetchedKeys from(Channel user, Duration atOnceAtMostEvery) {
    FetchedKeys fetched = new FetchedKeys(user, atOnceAtMostEvery);
    Thread thread = new Thread(fetched::keepFetching, "token-keys");
    thread.setDaemon(true);
    thread.start();
    return fetched;
  }

  @Override
  public Optional<Key> find(String id) {
    Optional<Key> known = known(id);
    if (known.isPresent()) {
      return known;
    }
    atOnce();
    if (keys.isEmpty()) {
      throw new Unavailable("the keys for access tokens are not known yet", null);
    }
    return known(id);
  }

  @Override
  public void close() {
    stopping.now();
  }

  private Optional<Key> known(String id) {
    return keys.stream().filter(key -> key.getKid().equals(id)).findFirst();
  }

  /** One asks for all who wait, and not for each token that somebody made up. */
  private synchronized void atOnce() {
    long now = System.nanoTime();
    if (now - asked >= atOnceAtMostEvery.toNanos()) {
      asked = now;
      fetch();
    }
  }

  private void keepFetching() {
    while (!stopping.within(fetch() ? EVERY : RETRY)) {}
  }

  private boolean fetch() {
    return io.opentelemetry.context.Context.root().wrapSupplier(() -> callInRoot()).get();
  }

  private boolean callInRoot() {
    Context before = Context.ROOT.attach();
    try {
      List<Key> fetched =
          user.withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
              .getKeys(GetKeysRequest.getDefaultInstance())
              .getKeysList();
      if (fetched.isEmpty()) {
        // Whoever is signed in stays so: a user service without keys cannot mean that.
        return false;
      }
      if (!fetched.equals(keys)) {
        log.info("access tokens are checked with {} keys", fetched.size());
      }
      keys = fetched;
      return true;
    } catch (StatusRuntimeException e) {
      if (keys.isEmpty()) {
        log.debug("user does not tell its keys: {}", e.getMessage());
      }
      return false;
    } finally {
      Context.ROOT.detach(before);
    }
  }
}
