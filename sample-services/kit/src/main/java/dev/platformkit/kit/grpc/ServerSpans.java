package dev.platformkit.kit.grpc;

import dev.platformkit.kit.telemetry.Telemetry;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.EnumSet;
import java.util.Set;

/**
 * Gives each call that this server handles its span, which continues the caller's trace and is
 * current wherever the call is handled.
 */
final class ServerSpans implements ServerInterceptor {
  /** What is the server's fault; the others are its caller's. */
  private static final Set<Code> ERRORS =
      EnumSet.of(
          Code.UNKNOWN,
          Code.DEADLINE_EXCEEDED,
          Code.UNIMPLEMENTED,
          Code.INTERNAL,
          Code.UNAVAILABLE,
          Code.DATA_LOSS);

  private final CallSpans spans;
  private final TextMapPropagator propagator;

  ServerSpans(Telemetry telemetry) {
    spans = new CallSpans(telemetry);
    propagator = telemetry.openTelemetry().getPropagators().getTextMapPropagator();
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Context parent = propagator.extract(Context.current(), headers, TraceHeaders.READ);
    Span span =
        spans.start(parent, SpanKind.SERVER, call.getMethodDescriptor(), call.getAuthority());
    CallSpans.tellPeer(span, call.getAttributes());
    Context context = parent.with(span);
    ClosedCall<Q, A> closed = new ClosedCall<>(call);
    try {
      ServerCall.Listener<Q> begun =
          context.wrapSupplier(() -> next.startCall(closed, headers)).get();
      return new Spanned<>(begun, closed, span, context);
    } catch (RuntimeException e) {
      end(span, Status.UNKNOWN.withCause(e));
      throw e;
    }
  }

  private static void end(Span span, Status status) {
    CallSpans.end(span, status, ERRORS.contains(status.getCode()));
  }

  /** Remembers with which status the service closed the call. */
  private static final class ClosedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private volatile Status status = Status.UNKNOWN;

    ClosedCall(ServerCall<Q, A> call) {
      super(call);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      this.status = status;
      super.close(status, trailers);
    }
  }

  /** The span ends when the call has, or its caller has gone away. */
  private static final class Spanned<Q> extends SimpleForwardingServerCallListener<Q> {
    private final ClosedCall<Q, ?> call;
    private final Span span;
    private final Context context;

    Spanned(ServerCall.Listener<Q> listener, ClosedCall<Q, ?> call, Span span, Context context) {
      super(listener);
      this.call = call;
      this.span = span;
      this.context = context;
    }

    @Override
    public void onMessage(Q message) {
      context.wrap(() -> super.onMessage(message)).run();
    }

    @Override
    public void onHalfClose() {
      context.wrap(super::onHalfClose).run();
    }

    @Override
    public void onReady() {
      context.wrap(super::onReady).run();
    }

    @Override
    public void onCancel() {
      try {
        context.wrap(super::onCancel).run();
      } finally {
        end(span, Status.CANCELLED);
      }
    }

    @Override
    public void onComplete() {
      try {
        context.wrap(super::onComplete).run();
      } finally {
        end(span, call.status);
      }
    }
  }
}
