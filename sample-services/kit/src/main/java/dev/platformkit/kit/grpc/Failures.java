package dev.platformkit.kit.grpc;

import dev.platformkit.kit.Unavailable;
import dev.platformkit.kit.auth.Credentials;
import dev.platformkit.kit.contract.Refusal;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what a service throws into the status that its caller sees, so that a service just throws.
 * What nobody foresaw is logged with its stack trace and told to the caller without any detail.
 *
 * <p>After that the service hears nothing more of the call, but that it was cancelled or is over:
 * the end of a stream, of which a message was refused, must not be taken for the end of a good one.
 */
final class Failures implements ServerInterceptor {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    OnceClosed<Q, A> once = new OnceClosed<>(call);
    ServerCall.Listener<Q> begun;
    try {
      begun = next.startCall(once, headers);
    } catch (RuntimeException e) {
      // A service is called here already when what it is sent is a stream.
      fail(once, e);
      return new ServerCall.Listener<>() {};
    }
    return new SimpleForwardingServerCallListener<>(begun) {
      @Override
      public void onMessage(Q message) {
        guarded(once, () -> super.onMessage(message));
      }

      @Override
      public void onHalfClose() {
        guarded(once, super::onHalfClose);
      }

      @Override
      public void onReady() {
        guarded(once, super::onReady);
      }
    };
  }

  private static void guarded(OnceClosed<?, ?> call, Runnable step) {
    if (call.failed) {
      return;
    }
    try {
      step.run();
    } catch (RuntimeException e) {
      fail(call, e);
    }
  }

  private static void fail(OnceClosed<?, ?> call, RuntimeException failure) {
    call.failed = true;
    tell(failure);
    Status status = status(failure);
    call.close(status, details(failure, status));
  }

  /** The kind of failure only: what its message holds may be a secret of the caller's. */
  private static void tell(RuntimeException failure) {
    if (!(failure instanceof StatusRuntimeException)) {
      Span.current()
          .addEvent(
              "exception",
              Attributes.of(
                  AttributeKey.stringKey("exception.type"), failure.getClass().getName()));
    }
  }

  private static Status status(RuntimeException failure) {
    if (failure instanceof StatusRuntimeException told) {
      if (Refusal.reason(told).filter(Credentials.NOT_A_SERVICE::equals).isEmpty()) {
        return told.getStatus();
      }
      // Whoever called us did nothing wrong: it is we whom another service does not know.
      log.error("another service does not take this one for a service of the shop", failure);
      return Status.INTERNAL.withDescription("internal error");
    }
    if (failure instanceof Unavailable) {
      log.warn("{}: {}", failure.getMessage(), String.valueOf(failure.getCause()));
      return Status.UNAVAILABLE.withDescription(failure.getMessage());
    }
    log.error("a call failed in a way that was not foreseen", failure);
    return Status.INTERNAL.withDescription("internal error");
  }

  /** The details that a status came with, its own or that of a service that was asked. */
  private static Metadata details(RuntimeException failure, Status status) {
    Metadata details = new Metadata();
    if (failure instanceof StatusRuntimeException told
        && told.getTrailers() != null
        && status.getCode() == told.getStatus().getCode()) {
      byte[] written = told.getTrailers().get(Refusal.DETAILS);
      if (written != null) {
        details.put(Refusal.DETAILS, written);
      }
    }
    return details;
  }

  /** A service may have closed the call before it threw; closing it twice is an error. */
  private static final class OnceClosed<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private boolean closed;

    /** Read and written only by the call's listener, which is called by one thread at a time. */
    private boolean failed;

    OnceClosed(ServerCall<Q, A> call) {
      super(call);
    }

    @Override
    public synchronized void close(Status status, Metadata trailers) {
      if (!closed) {
        closed = true;
        super.close(status, trailers);
      }
    }
  }
}
