package dev.platformkit.kit.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;

/**
 * Has the span of a call that was tried more than once tell of each attempt: an event {@code
 * attempt} when it ended, and how. What the first instance would have said of the call is lost
 * where it was killed; this is not. A call that succeeds at once needs no such event.
 */
final class AttemptEvents implements ClientInterceptor {
  private static final AttributeKey<Long> BEFORE = AttributeKey.longKey(Attempts.PREVIOUS_ATTEMPTS);
  private static final AttributeKey<String> ENDED = AttributeKey.stringKey("rpc.grpc.status");

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    Span span = Span.current();
    return next.newCall(
        method, span.isRecording() ? options.withStreamTracerFactory(new OfCall(span)) : options);
  }

  /** Asked for a tracer by each attempt. */
  private static final class OfCall extends ClientStreamTracer.Factory {
    private final Span span;

    OfCall(Span span) {
      this.span = span;
    }

    @Override
    public ClientStreamTracer newClientStreamTracer(
        ClientStreamTracer.StreamInfo info, Metadata headers) {
      int before = info.getPreviousAttempts();
      return new ClientStreamTracer() {
        @Override
        public void streamClosed(Status status) {
          if (before > 0 || !status.isOk()) {
            span.addEvent(
                "attempt", Attributes.of(BEFORE, (long) before, ENDED, status.getCode().name()));
          }
        }
      };
    }
  }
}
