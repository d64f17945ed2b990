package dev.platformkit.kit.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.opentelemetry.api.trace.Span;

/** Puts on a call's span how often it was tried before, so that a trace shows its retries. */
final class Attempts implements ServerInterceptor {
  /** What a span calls the number of tries before the one that it tells of. */
  static final String PREVIOUS_ATTEMPTS = "rpc.grpc.previous_attempts";

  /** Set by gRPC's own retries (gRFC A6). */
  private static final Metadata.Key<String> BEFORE =
      Metadata.Key.of("grpc-previous-rpc-attempts", Metadata.ASCII_STRING_MARSHALLER);

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String before = headers.get(BEFORE);
    if (before != null) {
      Span.current().setAttribute(PREVIOUS_ATTEMPTS, before);
    }
    return next.startCall(call, headers);
  }
}
