package dev.platformkit.kit.grpc;

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
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;

/**
 * Gives each call to another service its span, and takes the trace along in the call's headers. The
 * span is current while the call is made; who made it hears of its answer in the context in which
 * it did.
 */
final class ClientSpans implements ClientInterceptor {
  private final CallSpans spans;
  private final TextMapPropagator propagator;

  ClientSpans(Telemetry telemetry) {
    spans = new CallSpans(telemetry);
    propagator = telemetry.openTelemetry().getPropagators().getTextMapPropagator();
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    Context parent = Context.current();
    Span span = spans.start(parent, SpanKind.CLIENT, method, next.authority());
    Context context = parent.with(span);
    try {
      ClientCall<Q, A> call = context.wrapSupplier(() -> next.newCall(method, options)).get();
      return new Spanned<>(call, span, parent, context);
    } catch (RuntimeException e) {
      end(span, Status.UNKNOWN.withCause(e));
      throw e;
    }
  }

  private static void end(Span span, Status status) {
    CallSpans.end(span, status, !status.isOk());
  }

  private final class Spanned<Q, A> extends SimpleForwardingClientCall<Q, A> {
    private final Span span;
    private final Context parent;
    private final Context context;

    Spanned(ClientCall<Q, A> call, Span span, Context parent, Context context) {
      super(call);
      this.span = span;
      this.parent = parent;
      this.context = context;
    }

    @Override
    public void start(Listener<A> listener, Metadata headers) {
      propagator.inject(context, headers, TraceHeaders.WRITE);
      try {
        context.wrap(() -> super.start(new Answered(listener), headers)).run();
      } catch (RuntimeException e) {
        end(span, Status.UNKNOWN.withCause(e));
        throw e;
      }
    }

    private final class Answered extends SimpleForwardingClientCallListener<A> {
      Answered(Listener<A> listener) {
        super(listener);
      }

      @Override
      public void onMessage(A message) {
        parent.wrap(() -> super.onMessage(message)).run();
      }

      @Override
      public void onClose(Status status, Metadata trailers) {
        CallSpans.tellPeer(span, getAttributes());
        end(span, status);
        parent.wrap(() -> super.onClose(status, trailers)).run();
      }

      @Override
      public void onReady() {
        parent.wrap(super::onReady).run();
      }
    }
  }
}
