package dev.platformkit.kit.auth;

import dev.platformkit.kit.Unavailable;
import dev.platformkit.kit.contract.Contracts;
import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.shop.contract.v1.Access;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.Locale;
import java.util.Optional;

/**
 * Lets in whom the contract allows to make a call, and tells the service who that is ({@link
 * Caller}). Whoever calls has to show that it is a service of the shop; for whom it calls, the
 * access token says that the request came with.
 *
 * <p>Where anyone may call, a token that is no good is as none: who signs in again, because the one
 * they have has expired, must not be turned away for it.
 */
public final class Door implements ServerInterceptor {
  static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  static final Metadata.Key<String> SERVICE =
      Metadata.Key.of("x-service-token", Metadata.ASCII_STRING_MARSHALLER);

  private static final String BEARER = "bearer ";

  private final ServiceKey key;
  private final AccessTokens tokens;

  public Door(ServiceKey key, AccessTokens tokens) {
    this.key = key;
    this.tokens = tokens;
  }

  /**
   * Makes sure of a contract before anybody calls.
   *
   * @throws IllegalArgumentException when it does not say of a method who may call it
   */
  public static void expect(ServerServiceDefinition definition) {
    definition
        .getMethods()
        .forEach(
            method -> {
              if (Contracts.access(method.getMethodDescriptor()) == Access.ACCESS_UNSPECIFIED) {
                throw new IllegalArgumentException(
                    "the contract does not say who may call %s: it needs the option access"
                        .formatted(method.getMethodDescriptor().getFullMethodName()));
              }
            });
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Context context;
    try {
      context = letIn(Contracts.access(call.getMethodDescriptor()), headers);
    } catch (StatusRuntimeException e) {
      return refused(call, e.getStatus(), e.getTrailers());
    } catch (Unavailable e) {
      return refused(call, Status.UNAVAILABLE.withDescription(e.getMessage()), new Metadata());
    }
    // Outside of the above: what the service throws is no refusal of ours.
    return Contexts.interceptCall(context, call, headers, next);
  }

  private Context letIn(Access access, Metadata headers) {
    Optional<String> token = bearer(headers);
    Caller caller = new Caller(service(headers), user(access, token));
    Context context = Context.current().withValue(Caller.CURRENT, caller);
    return caller.user().isEmpty() ? context : context.withValue(Caller.TOKEN, token.orElseThrow());
  }

  private static <Q> ServerCall.Listener<Q> refused(
      ServerCall<Q, ?> call, Status status, Metadata trailers) {
    call.close(status, trailers == null ? new Metadata() : trailers);
    return new ServerCall.Listener<>() {};
  }

  private String service(Metadata headers) {
    return Optional.ofNullable(headers.get(SERVICE))
        .flatMap(key::caller)
        .orElseThrow(
            () ->
                Refusal.because(
                        Code.UNAUTHENTICATED,
                        Credentials.NOT_A_SERVICE,
                        "only services of the shop are served here; ask the gateway")
                    .asException());
  }

  private Optional<Caller.User> user(Access access, Optional<String> token) {
    if (access == Access.ACCESS_SERVICE) {
      return Optional.empty();
    }
    if (access == Access.ACCESS_ANYONE) {
      try {
        return token.map(tokens::check);
      } catch (StatusRuntimeException | Unavailable e) {
        return Optional.empty();
      }
    }
    Caller.User user = token.map(tokens::check).orElseThrow(Caller::notSignedIn);
    if (access != Access.ACCESS_SIGNED_IN && !user.admin()) {
      throw Refusal.because(
              Code.PERMISSION_DENIED, "WRONG_ROLE", "this needs the role " + AccessTokens.ADMIN)
          .asException();
    }
    return Optional.of(user);
  }

  private static Optional<String> bearer(Metadata headers) {
    return Optional.ofNullable(headers.get(AUTHORIZATION))
        .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(BEARER))
        .map(value -> value.substring(BEARER.length()).strip());
  }
}
