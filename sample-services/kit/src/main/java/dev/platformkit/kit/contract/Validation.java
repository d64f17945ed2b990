package dev.platformkit.kit.contract;

import com.google.protobuf.Message;
import io.envoyproxy.pgv.ReflectiveValidatorIndex;
import io.envoyproxy.pgv.ValidatorIndex;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Map;

/**
 * Refuses requests that break the rules of their contract, before a service gets to see them, and
 * says what is wrong with which field ({@link Violations}); also those that hold what no contract
 * allows ({@link Nuls}).
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
    Map<String, String> violations = Violations.of((Message) message, validators);
    if (violations.isEmpty()) {
      violations = Nuls.in((Message) message);
    }
    if (!violations.isEmpty()) {
      throw Refusal.invalid(violations).asException();
    }
  }
}
