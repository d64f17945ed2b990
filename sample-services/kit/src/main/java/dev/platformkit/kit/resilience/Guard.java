package dev.platformkit.kit.resilience;

import dev.platformkit.kit.contract.Refusal;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.prometheus.client.Gauge;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

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
    return new Guarded<>(() -> next.newCall(method, options));
  }

  /** Why a call must not be made now; if it may, it has a place until it has ended. */
  private Optional<StatusRuntimeException> refusal() {
    if (!breaker.tryAcquirePermission()) {
      return refused("open", "BREAKER_OPEN", target + " has failed too often just now");
    }
    if (!places.tryAcquire()) {
      breaker.releasePermission();
      return refused("full", "BULKHEAD_FULL", "too many calls wait for " + target);
    }
    inUse.inc();
    return Optional.empty();
  }

  private Optional<StatusRuntimeException> refused(String result, String reason, String told) {
    count.accept(result);
    Span.current().addEvent("call.refused." + result);
    return Optional.of(Refusal.because(Code.UNAVAILABLE, reason, told).asException());
  }

  /** A call that is only made when it may be; what becomes of it is told once. */
  private final class Guarded<Q, A> extends ForwardingClientCall<Q, A> {
    private final Supplier<ClientCall<Q, A>> real;
    private final AtomicBoolean told = new AtomicBoolean();
    private ClientCall<Q, A> call = new Nowhere<>();

    Guarded(Supplier<ClientCall<Q, A>> real) {
      this.real = real;
    }

    @Override
    protected ClientCall<Q, A> delegate() {
      return call;
    }

    @Override
    public void start(Listener<A> listener, Metadata headers) {
      Optional<StatusRuntimeException> refusal = refusal();
      if (refusal.isPresent()) {
        listener.onClose(refusal.orElseThrow().getStatus(), refusal.orElseThrow().getTrailers());
        return;
      }
      // Whatever thread hears of the end: it is the end of a call that belongs to this trace.
      Context context = Context.current();
      long start = System.nanoTime();
      try {
        call = real.get();
        call.start(
            new SimpleForwardingClientCallListener<>(listener) {
              @Override
              public void onClose(Status status, Metadata trailers) {
                context.wrap(() -> ended(status, System.nanoTime() - start)).run();
                super.onClose(status, trailers);
              }
            },
            headers);
      } catch (RuntimeException e) {
        ended(Status.CANCELLED, 0);
        throw e;
      }
    }

    private void ended(Status status, long nanos) {
      if (!told.compareAndSet(false, true)) {
        return;
      }
      inUse.dec();
      places.release();
      boolean slow = nanos > Guards.SLOW.toNanos();
      if (status.getCode() == Code.CANCELLED && !slow) {
        // Whoever asked has gone away: that says nothing about the service.
        breaker.releasePermission();
      } else if (FAILURES.contains(status.getCode())) {
        count.accept("failed");
        breaker.onError(nanos, TimeUnit.NANOSECONDS, status.asRuntimeException());
      } else {
        // Also whoever has gone away, once it has waited too long: many are less patient than we.
        count.accept(slow ? "slow" : "ok");
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
      }
    }
  }

  /** A call that is not made. */
  private static final class Nowhere<Q, A> extends ClientCall<Q, A> {
    @Override
    public void start(Listener<A> listener, Metadata headers) {
      throw new IllegalStateException("a call that is not made was started");
    }

    @Override
    public void request(int number) {}

    @Override
    public void cancel(String why, Throwable cause) {}

    @Override
    public void halfClose() {}

    @Override
    public void sendMessage(Q message) {}
  }
}
