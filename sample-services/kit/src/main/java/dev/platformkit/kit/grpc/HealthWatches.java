package dev.platformkit.kit.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The streams by which callers watch a server's health. They would never end by themselves, and no
 * connection closes that has one; so a server that stops ends them, and can then wait for its
 * connections to close, which they do when the last call is answered.
 */
final class HealthWatches implements ServerInterceptor {
  private static final Status ENDED = Status.UNAVAILABLE.withDescription("this instance stops");

  private final Set<Ending<?, ?>> open = new HashSet<>();
  private boolean ended;

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (call.getMethodDescriptor().getType() == MethodType.UNARY) {
      return next.startCall(call, headers);
    }
    Ending<Q, A> watch = new Ending<>(call);
    if (!begins(watch)) {
      watch.close(ENDED, new Metadata());
      return new ServerCall.Listener<>() {};
    }
    return new SimpleForwardingServerCallListener<>(next.startCall(watch, headers)) {
      @Override
      public void onComplete() {
        ends(watch);
        super.onComplete();
      }

      @Override
      public void onCancel() {
        ends(watch);
        super.onCancel();
      }
    };
  }

  /** Ends all of them, and lets no other begin. */
  void end() {
    List<Ending<?, ?>> last;
    synchronized (this) {
      ended = true;
      last = List.copyOf(open);
    }
    last.forEach(watch -> watch.close(ENDED, new Metadata()));
  }

  private synchronized boolean begins(Ending<?, ?> watch) {
    return !ended && open.add(watch);
  }

  private synchronized void ends(Ending<?, ?> watch) {
    open.remove(watch);
  }

  /** A watch that we may end while the health service is about to tell something by it. */
  private static final class Ending<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private boolean closed;

    Ending(ServerCall<Q, A> call) {
      super(call);
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
      if (!closed) {
        super.sendHeaders(headers);
      }
    }

    @Override
    public synchronized void sendMessage(A message) {
      if (!closed) {
        super.sendMessage(message);
      }
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
