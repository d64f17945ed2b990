package dev.platformkit.kit.grpc;

import dev.platformkit.kit.telemetry.Handled;
import dev.platformkit.kit.telemetry.Telemetry;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;

/** Counts each call that was made to another service, on account of the client's span. */
final class ClientCallObserver {
  private final String service;
  private final Handled handled;

  ClientCallObserver(Telemetry telemetry) {
    service = telemetry.service();
    handled =
        Handled.register(
            telemetry.metrics(),
            "grpc_client_handled",
            "grpc_client_handling_seconds",
            "Calls made",
            "code",
            "service",
            "target",
            "method");
  }

  /** What to put into a channel to this service. */
  ClientInterceptor of(String target) {
    return new ClientInterceptor() {
      @Override
      public <Q, A> ClientCall<Q, A> interceptCall(
          MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return observe(target, method, next.newCall(method, options));
      }
    };
  }

  private <Q, A> ClientCall<Q, A> observe(
      String target, MethodDescriptor<Q, A> method, ClientCall<Q, A> call) {
    SpanContext span = Span.current().getSpanContext();
    long start = System.nanoTime();
    return new SimpleForwardingClientCall<>(call) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        super.start(
            new SimpleForwardingClientCallListener<>(listener) {
              @Override
              public void onClose(Status status, Metadata trailers) {
                handled.count(
                    span,
                    System.nanoTime() - start,
                    status.getCode().name(),
                    service,
                    target,
                    method.getBareMethodName());
                super.onClose(status, trailers);
              }
            },
            headers);
      }
    };
  }
}
