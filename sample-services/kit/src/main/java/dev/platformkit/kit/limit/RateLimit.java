package dev.platformkit.kit.limit;

import dev.platformkit.kit.auth.Caller;
import dev.platformkit.kit.contract.Refusal;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.api.trace.Span;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Lets each caller's calls through one by one, a constant interval apart, however suddenly they
 * come: a {@link LeakyBucket} for each. Whose call it is says the {@link Caller}: the user where
 * one is signed in, else the service that calls; so this stands behind the door. A call waits for
 * its turn; where too many wait it is refused with RESOURCE_EXHAUSTED (RATE_LIMITED) and the time
 * after which a turn would be free, of which HTTP makes 429 and Retry-After. It also is where its
 * turn would come later than half the time that is left until its deadline: it would only be told
 * later, and too late.
 *
 * <p>No thread waits. What a waiting call has sent is not read before its turn, and stays where
 * gRPC's flow control keeps it.
 *
 * <p>The limit is that of one instance. Instances know nothing of each other, so n of them let n
 * times as many calls of a caller through, if its calls are spread evenly; divide the limit by n
 * where that matters. (To share one, all would have to ask a third for each call, and could not
 * serve without it.)
 */
public final class RateLimit implements ServerInterceptor, AutoCloseable {
  private static final double[] SECONDS = {0, .01, .025, .05, .1, .25, .5, 1, 2.5, 5};

  private final Callers callers;
  private final Timer timer;
  private final Gauge.Child queue;
  private final Histogram.Child delay;
  private final Counter.Child refused;

  /**
   * @param service whose calls are limited
   */
  public RateLimit(Rate rate, String service, CollectorRegistry metrics) {
    this(rate, service, metrics, Timer.real());
  }

  RateLimit(Rate rate, String service, CollectorRegistry metrics, Timer timer) {
    callers = new Callers(rate, Callers.MOST);
    this.timer = timer;
    queue =
        Gauge.build("rate_limit_queue", "Calls that wait for their turn")
            .labelNames("service")
            .register(metrics)
            .labels(service);
    delay =
        Histogram.build(
                "rate_limit_delay_seconds",
                "How long calls wait for their turn; those that need not, no time.")
            .labelNames("service")
            .buckets(SECONDS)
            .register(metrics)
            .labels(service);
    refused =
        Counter.build("rate_limit_refused", "Calls refused because too many wait")
            .labelNames("service")
            .register(metrics)
            .labels(service);
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Turn turn = callers.take(caller(), timer.now(), patience());
    if (!turn.granted()) {
      refused.inc();
      StatusRuntimeException refusal = refusal(turn.in());
      call.close(refusal.getStatus(), refusal.getTrailers());
      return new ServerCall.Listener<>() {};
    }
    delay.observe(turn.in().toNanos() / 1e9);
    return turn.in().isZero() ? next.startCall(call, headers) : later(turn, call, headers, next);
  }

  /** Lets nobody through any more who still waits. */
  @Override
  public void close() {
    timer.close();
  }

  private <Q, A> ServerCall.Listener<Q> later(
      Turn turn, ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Span.current().setAttribute("shop.rate_limit.delay_ms", turn.in().toMillis());
    queue.inc();
    HeldCall<Q, A> held = new HeldCall<>(call, queue::dec);
    ServerCall.Listener<Q> listener = next.startCall(held, headers);
    timer.at(turn.at(), held::goOn);
    return new SimpleForwardingServerCallListener<>(listener) {
      @Override
      public void onCancel() {
        held.goOn();
        super.onCancel();
      }

      @Override
      public void onComplete() {
        held.goOn();
        super.onComplete();
      }
    };
  }

  private static String caller() {
    Caller caller = Caller.CURRENT.get();
    if (caller == null) {
      return "nobody";
    }
    return caller.user().map(user -> "user " + user.id()).orElse("service " + caller.service());
  }

  private static Duration patience() {
    Deadline deadline = Context.current().getDeadline();
    return Duration.ofNanos(
        deadline == null
            ? Long.MAX_VALUE
            : Math.max(0, deadline.timeRemaining(TimeUnit.NANOSECONDS) / 2));
  }

  private static StatusRuntimeException refusal(Duration retryAfter) {
    // Rounded up: asking again at that moment must not be too early.
    Duration millis = Duration.ofMillis(retryAfter.plusNanos(999_999).toMillis());
    return Refusal.because(
            Code.RESOURCE_EXHAUSTED,
            "RATE_LIMITED",
            "too many calls at a time; try again in %d ms".formatted(millis.toMillis()))
        .retryAfter(millis)
        .asException();
  }
}
