package dev.platformkit.kit.auth;

import static java.util.Objects.requireNonNull;

import dev.platformkit.kit.contract.Refusal;
import io.grpc.Context;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.Optional;

/**
 * On whose account the current call is made, as the access token and the caller's own credential
 * say; both were checked before a service gets to see the call.
 *
 * @param service the service that calls
 * @param user the user for whom it does; nobody where none is signed in
 */
public record Caller(String service, Optional<User> user) {
  /** Who calls, in the context of a call that is being handled. */
  public static final Context.Key<Caller> CURRENT = Context.key("caller");

  /** The access token that a request came with, to be passed on to whom it leads. */
  public static final Context.Key<String> TOKEN = Context.key("access-token");

  public Caller {
    requireNonNull(service, "service is null");
    requireNonNull(user, "user is null");
  }

  /** A user by the claims of an access token. */
  public record User(String id, String name, boolean admin) {
    public User {
      requireNonNull(id, "id is null");
      requireNonNull(name, "name is null");
    }
  }

  /** The user whose request this is; UNAUTHENTICATED where nobody is signed in. */
  public static User signedIn() {
    return Optional.ofNullable(CURRENT.get())
        .flatMap(Caller::user)
        .orElseThrow(Caller::notSignedIn);
  }

  static StatusRuntimeException notSignedIn() {
    return Refusal.because(Code.UNAUTHENTICATED, "NOT_SIGNED_IN", "this needs an access token")
        .asException();
  }
}
