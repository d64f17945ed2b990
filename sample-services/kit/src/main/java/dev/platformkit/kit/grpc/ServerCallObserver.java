package dev.platformkit.kit.grpc;

import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.kit.telemetry.Handled;
import dev.platformkit.kit.telemetry.Telemetry;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts each call that this server handled and logs it as one line, both on account of the call's
 * own span. Stands inside the tracing interceptor, which makes that span.
 */
final class ServerCallObserver implements ServerInterceptor {
  private static final Logger log = LoggerFactory.getLogger(ServerCallObserver.class);

  private final String service;
  private final Handled handled;

  ServerCallObserver(Telemetry telemetry) {
    service = telemetry.service();
    handled =
        Handled.register(
            telemetry.metrics(),
            "grpc_server_handled",
            "grpc_server_handling_seconds",
            "Calls handled",
            "code",
            "service",
            "method");
  }

  /** Shows what this service can be asked before anyone has asked. */
  void expect(ServerServiceDefinition definition) {
    definition
        .getMethods()
        .forEach(
            method ->
                handled.expect(
                    Status.Code.OK.name(),
                    service,
                    method.getMethodDescriptor().getBareMethodName()));
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Ending ending = new Ending(call.getMethodDescriptor());
    ServerCall<Q, A> observed =
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            ending.with(status, trailers);
            super.close(status, trailers);
          }
        };
    return new SimpleForwardingServerCallListener<>(next.startCall(observed, headers)) {
      @Override
      public void onCancel() {
        ending.with(Status.CANCELLED, new Metadata());
        super.onCancel();
      }
    };
  }

  /** How a call ended; told once, whether the service closed it or the caller went away first. */
  private final class Ending {
    private final MethodDescriptor<?, ?> method;
    private final Context context = Context.current();
    private final long start = System.nanoTime();
    private final AtomicBoolean told = new AtomicBoolean();

    Ending(MethodDescriptor<?, ?> method) {
      this.method = method;
    }

    void with(Status status, Metadata trailers) {
      if (!told.compareAndSet(false, true)) {
        return;
      }
      long nanos = System.nanoTime() - start;
      String code = status.getCode().name();
      handled.count(
          Span.fromContext(context).getSpanContext(),
          nanos,
          code,
          service,
          method.getBareMethodName());
      context
          .wrap(
              () ->
                  log.info(
                      "{} {} in {} ms{}",
                      method.getFullMethodName(),
                      code,
                      Duration.ofNanos(nanos).toMillis(),
                      status.isOk() ? "" : why(status, trailers)))
          .run();
    }

    /** The reason that programs go by, where there is one, and the one that people read. */
    private static String why(Status status, Metadata trailers) {
      return Refusal.reason(status.asRuntimeException(trailers))
          .map(reason -> ": " + reason + ": " + status.getDescription())
          .orElse(": " + status.getDescription());
    }
  }
}
