package dev.platformkit.kit.resilience;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.grpc.ClientInterceptor;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guards a service against those that it asks, each by itself. When half of the last twenty calls
 * to one failed or took longer than {@link #SLOW}, its breaker opens: for three seconds nobody
 * waits for it. Then three calls try; if they succeed it closes, else it stays open for as long
 * again. And at most {@link #AT_A_TIME} calls wait for one service at a time: one that hangs holds
 * up those many, and the threads of nobody else.
 */
public final class Guards {
  /** Such a call counts as failed, whatever comes of it, also when who asked has given up. */
  public static final Duration SLOW = Duration.ofMillis(800);

  /**
   * How many calls wait for one service at most: half as many as a server has threads, so that the
   * other half is there for those who do not need that service.
   */
  public static final int AT_A_TIME = 16;

  private static final Logger log = LoggerFactory.getLogger(Guards.class);

  private static final CircuitBreakerConfig RULES =
      CircuitBreakerConfig.custom()
          .slidingWindowType(SlidingWindowType.COUNT_BASED)
          .slidingWindowSize(20)
          .minimumNumberOfCalls(10)
          .failureRateThreshold(50)
          // A service that hangs answers none; on a busy machine half of what works may be slow.
          .slowCallRateThreshold(80)
          .slowCallDurationThreshold(SLOW)
          .waitDurationInOpenState(Duration.ofSeconds(3))
          .permittedNumberOfCallsInHalfOpenState(3)
          .maxWaitDurationInHalfOpenState(Duration.ofSeconds(5))
          .automaticTransitionFromOpenToHalfOpenEnabled(true)
          .build();

  private final String service;
  private final Gauge state;
  private final Gauge waiting;
  private final Counter calls;

  /**
   * @param service the service that is guarded
   */
  public Guards(String service, CollectorRegistry metrics) {
    this.service = service;
    state =
        Gauge.build("breaker_state", "1 for the state that the breaker is in")
            .labelNames("service", "target", "state")
            .register(metrics);
    waiting =
        Gauge.build("bulkhead_in_use", "Calls that wait for an answer of the target")
            .labelNames("service", "target")
            .register(metrics);
    calls =
        Counter.build("breaker_calls", "Calls to the target, and those that were not made")
            .labelNames("service", "target", "result")
            .register(metrics);
  }

  /** What to put into a channel to this service. */
  public ClientInterceptor towards(String target) {
    CircuitBreaker breaker = CircuitBreaker.of(target, RULES);
    tell(target, breaker.getState());
    breaker
        .getEventPublisher()
        .onStateTransition(
            event -> {
              State now = event.getStateTransition().getToState();
              tell(target, now);
              log.warn(
                  "the breaker towards {} is {}: {} of the last calls failed, {} were slow",
                  target,
                  name(now),
                  breaker.getMetrics().getNumberOfFailedCalls(),
                  breaker.getMetrics().getNumberOfSlowCalls());
            });
    List.of("ok", "failed", "slow", "open", "full")
        .forEach(result -> calls.labels(service, target, result));
    return new Guard(
        target,
        breaker,
        result -> calls.labels(service, target, result).inc(),
        waiting.labels(service, target));
  }

  private void tell(String target, State now) {
    for (State each : List.of(State.CLOSED, State.OPEN, State.HALF_OPEN)) {
      state.labels(service, target, name(each)).set(each == now ? 1 : 0);
    }
  }

  private static String name(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
