package dev.platformkit.kit.contract;

import io.envoyproxy.pgv.ReflectiveValidatorIndex;
import io.envoyproxy.pgv.ValidationException;
import io.envoyproxy.pgv.ValidatorIndex;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/**
 * Refuses requests that break the rules of their contract, before a service gets to see them. The
 * first field that does is named; what it held is not told, since it may be a secret.
 */
public final class Validation implements ServerInterceptor {
  private final ValidatorIndex validators = new ReflectiveValidatorIndex();

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      @Override
      public void onMessage(Q message) {
        check(message);
        super.onMessage(message);
      }
    };
  }

  private void check(Object message) {
    try {
      validators.validatorFor(message).assertValid(message);
    } catch (ValidationException e) {
      throw Refusal.invalid(field(e.getField()), e.getReason()).asException();
    }
  }

  /** {@code .shop.user.v1.RegisterRequest.password} is {@code password} to the caller. */
  private static String field(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
