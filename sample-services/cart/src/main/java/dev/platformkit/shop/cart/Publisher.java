package dev.platformkit.shop.cart;

import dev.platformkit.kit.Unavailable;
import dev.platformkit.kit.broker.Broker;
import dev.platformkit.kit.broker.Message;
import dev.platformkit.kit.contract.Contracts;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what stands in the outbox, at once and in its order; and again, as long as the broker
 * does not say that it keeps it. An event whose acknowledgement got lost is published twice, under
 * the same id.
 */
final class Publisher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Publisher.class);
  private static final Duration LOOKED_AT_EVERY = Duration.ofSeconds(5);
  private static final int AT_A_TIME = 50;

  private final Outbox outbox;
  private final Broker broker;
  private final Gauge.Child waiting;
  private final Gauge.Child oldest;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final ScheduledExecutorService turn =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "outbox");
            thread.setDaemon(true);
            return thread;
          });
  private boolean answering = true;

  Publisher(Outbox outbox, Broker broker, CollectorRegistry metrics) {
    this.outbox = outbox;
    this.broker = broker;
    waiting =
        Gauge.build("cart_outbox_events", "Events that have still to be published")
            .labelNames("service")
            .register(metrics)
            .labels("cart");
    oldest =
        Gauge.build("cart_outbox_oldest_seconds", "How long the oldest of them has waited")
            .labelNames("service")
            .register(metrics)
            .labels("cart");
  }

  /** Publishes what an earlier process or another instance has left, from time to time. */
  void start() {
    // What goes wrong in a look is told there; shutting down ends them.
    Future<?> unused =
        turn.scheduleWithFixedDelay(
            this::publish, 0, LOOKED_AT_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** There is something to publish. */
  void written() {
    // One look sees all that is written before it. When we have stopped, the next process looks.
    if (!turn.isShutdown() && asked.compareAndSet(false, true)) {
      turn.execute(this::publishUnlessAway);
    }
  }

  /** Ends when what can be published is. */
  @Override
  public void close() {
    turn.shutdown();
    try {
      if (!turn.awaitTermination(1, TimeUnit.SECONDS)) {
        turn.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** While nobody takes anything, looking from time to time is enough. */
  private void publishUnlessAway() {
    asked.set(false);
    if (answering) {
      publish();
    }
  }

  private void publish() {
    try {
      int published;
      do {
        published = publishSome();
      } while (published == AT_A_TIME);
      answering = true;
    } catch (Unavailable e) {
      if (answering) {
        log.warn("events wait in the outbox: {}", e.getMessage());
        answering = false;
      }
    } catch (RuntimeException e) {
      log.error("events wait in the outbox", e);
    }
    try {
      Outbox.Backlog backlog = outbox.backlog();
      waiting.set((double) backlog.events());
      oldest.set(backlog.oldestSeconds());
    } catch (RuntimeException e) {
      log.debug("how much waits in the outbox cannot be told: {}", e.toString());
    }
  }

  private int publishSome() {
    List<Outbox.Event> some = outbox.first(AT_A_TIME);
    for (Outbox.Event event : some) {
      context(event).wrap(() -> broker.publish(message(event))).run();
      outbox.done(event);
    }
    return some.size();
  }

  private static Message message(Outbox.Event event) {
    return new Message(Contracts.CHECKED_OUT, Map.of(Message.ID, event.id()), event.body());
  }

  /** The trace in which the event happened. */
  private static Context context(Outbox.Event event) {
    String[] parts = event.traceparent().split("-", -1);
    return Context.root()
        .with(
            Span.wrap(
                SpanContext.createFromRemoteParent(
                    parts[1], parts[2], TraceFlags.fromHex(parts[3], 0), TraceState.getDefault())));
  }
}
