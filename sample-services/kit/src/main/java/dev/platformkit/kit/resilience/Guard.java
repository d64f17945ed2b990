package dev.platformkit.kit.resilience;

import dev.platformkit.kit.contract.Refusal;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.api.trace.Span;
import io.prometheus.client.Gauge;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Lets calls to one service pass, or fails them at once; see {@link Guards}. */
final class Guard implements ClientInterceptor {
  /** What says that the service is not well, rather than that it was asked something wrong. */
  private static final Set<Code> FAILURES =
      Set.of(Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED, Code.INTERNAL, Code.UNKNOWN, Code.DATA_LOSS);

  private final String target;
  private final CircuitBreaker breaker;
  private final Consumer<String> count;
  private final Gauge.Child inUse;
  private final Semaphore places = new Semaphore(Guards.AT_A_TIME);

  Guard(String target, CircuitBreaker breaker, Consumer<String> count, Gauge.Child inUse) {
    this.target = target;
    this.breaker = breaker;
    this.count = count;
    this.inUse = inUse;
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    if (!places.tryAcquire()) {
      return refused("full", "BULKHEAD_FULL", "too many calls wait for " + target);
    }
    if (!breaker.tryAcquirePermission()) {
      places.release();
      return refused("open", "BREAKER_OPEN", target + " has failed too often just now");
    }
    inUse.inc();
    return new Passing<>(next.newCall(method, options));
  }

  private <Q, A> ClientCall<Q, A> refused(String result, String reason, String told) {
    count.accept(result);
    Span.current().addEvent("call.refused." + result);
    StatusRuntimeException refusal = Refusal.because(Code.UNAVAILABLE, reason, told).asException();
    return new ClientCall<>() {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        listener.onClose(refusal.getStatus(), refusal.getTrailers());
      }

      @Override
      public void request(int number) {}

      @Override
      public void cancel(String why, Throwable cause) {}

      @Override
      public void halfClose() {}

      @Override
      public void sendMessage(Q message) {}
    };
  }

  /** A call that was let through; what becomes of it is told once. */
  private final class Passing<Q, A> extends SimpleForwardingClientCall<Q, A> {
    private final long start = System.nanoTime();
    private final AtomicBoolean told = new AtomicBoolean();

    Passing(ClientCall<Q, A> call) {
      super(call);
    }

    @Override
    public void start(Listener<A> listener, Metadata headers) {
      try {
        super.start(
            new SimpleForwardingClientCallListener<>(listener) {
              @Override
              public void onClose(Status status, Metadata trailers) {
                ended(status);
                super.onClose(status, trailers);
              }
            },
            headers);
      } catch (RuntimeException e) {
        ended(Status.CANCELLED);
        throw e;
      }
    }

    private void ended(Status status) {
      if (!told.compareAndSet(false, true)) {
        return;
      }
      inUse.dec();
      places.release();
      long nanos = System.nanoTime() - start;
      if (status.getCode() == Code.CANCELLED) {
        // Whoever asked has gone away: that says nothing about the service.
        breaker.releasePermission();
      } else if (FAILURES.contains(status.getCode())) {
        count.accept("failed");
        breaker.onError(nanos, TimeUnit.NANOSECONDS, status.asRuntimeException());
      } else {
        count.accept(nanos > Guards.SLOW.toNanos() ? "slow" : "ok");
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
      }
    }
  }
}
