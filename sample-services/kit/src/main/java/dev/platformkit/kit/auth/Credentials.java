package dev.platformkit.kit.auth;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.Optional;

/**
 * Shows another service that this is one, and passes on the access token of the user for whom it
 * calls.
 */
public final class Credentials {
  /** Why a service is not served: it did not show that it is one, or not to us. */
  public static final String NOT_A_SERVICE = "NOT_A_SERVICE";

  private final ServiceKey key;

  public Credentials(ServiceKey key) {
    this.key = key;
  }

  /** What to put into a channel to this service. */
  public ClientInterceptor towards(String target) {
    return new ClientInterceptor() {
      @Override
      public <Q, A> ClientCall<Q, A> interceptCall(
          MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        Optional<String> token = Optional.ofNullable(Caller.TOKEN.get());
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
          @Override
          public void start(Listener<A> listener, Metadata headers) {
            headers.put(Door.SERVICE, key.credential(target));
            token.ifPresent(value -> headers.put(Door.AUTHORIZATION, "Bearer " + value));
            super.start(listener, headers);
          }
        };
      }
    };
  }
}
