package dev.platformkit.shop.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.platformkit.kit.Unavailable;
import dev.platformkit.kit.broker.Broker;
import dev.platformkit.kit.broker.Message;
import io.opentelemetry.api.trace.Span;
import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PublisherTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  private final InMemory outbox = new InMemory();
  private final AtomicBoolean away = new AtomicBoolean();
  private final AtomicInteger tries = new AtomicInteger();
  private final List<Message> published = new CopyOnWriteArrayList<>();
  private final List<String> traces = new CopyOnWriteArrayList<>();
  private final CollectorRegistry metrics = new CollectorRegistry();
  private final Publisher publisher = new Publisher(outbox, new Recording(), metrics);

  @AfterEach
  void stop() {
    publisher.close();
  }

  @Test
  void whatIsWrittenIsPublishedAtOnceInItsOrderAndOnce() {
    outbox.write("o-1");
    outbox.write("o-2");
    publisher.written();
    publisher.written();

    await().until(() -> outbox.backlog().events() == 0);
    assertThat(published)
        .extracting(message -> message.headers().get("Nats-Msg-Id"))
        .containsExactly("o-1", "o-2");
  }

  @Test
  void anEventIsPublishedInTheTraceInWhichItHappened() {
    outbox.write("o-1");
    publisher.written();

    await().until(() -> !traces.isEmpty());
    assertThat(traces).containsExactly(TRACE);
  }

  @Test
  void whileTheBrokerIsAwayEventsWaitAndShowInTheMetrics() {
    away.set(true);
    outbox.write("o-1");
    publisher.start();
    await().until(() -> waiting() == 1);

    away.set(false);

    await().until(() -> waiting() == 0);
    assertThat(published).hasSize(1);
  }

  @Test
  void howeverMuchHasWaitedAllOfItIsPublishedAtOnce() {
    for (int i = 0; i < 120; i++) {
      outbox.write("o-" + i);
    }

    publisher.written();

    await().until(() -> outbox.backlog().events() == 0);
    assertThat(published).hasSize(120);
    assertThat(outbox.looks).hasValueLessThanOrEqualTo(3);
  }

  @Test
  void whileTheBrokerIsAwayItIsNotTriedAnewForEachEvent() {
    away.set(true);
    publisher.start();
    outbox.write("o-0");
    publisher.written();
    await().until(() -> waiting() > 0);
    int before = tries.get();

    for (int i = 1; i < 100; i++) {
      outbox.write("o-" + i);
      publisher.written();
    }
    away.set(false);

    await().until(() -> outbox.backlog().events() == 0);
    assertThat(published).hasSize(100);
    assertThat(tries.get() - before).isLessThan(110);
  }

  @Test
  void whoWritesWhenWeHaveStoppedIsNotToldSo() {
    publisher.close();

    assertThatCode(publisher::written).doesNotThrowAnyException();
  }

  private double waiting() {
    return metrics.getSampleValue(
        "cart_outbox_events", new String[] {"service"}, new String[] {"cart"});
  }

  private final class Recording implements Broker {
    @Override
    public void publish(Message message) {
      tries.incrementAndGet();
      if (away.get()) {
        throw new Unavailable("nobody takes it", null);
      }
      published.add(message);
      traces.add(Span.current().getSpanContext().getTraceId());
    }

    @Override
    public Subscription subscribe(String subject, String group, Handler handler) {
      throw new UnsupportedOperationException("nobody listens here");
    }

    @Override
    public void close() {}
  }

  private static final class InMemory implements Outbox {
    private final List<Event> events = new ArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();
    private long last;

    synchronized void write(String id) {
      events.add(new Event(last++, id, new byte[] {1}, "00-" + TRACE + "-b7ad6b7169203331-01"));
    }

    @Override
    public synchronized List<Event> first(int limit) {
      looks.incrementAndGet();
      return events.stream().limit(limit).toList();
    }

    @Override
    public synchronized void done(Event event) {
      events.remove(event);
    }

    @Override
    public synchronized Backlog backlog() {
      return new Backlog(events.size(), 0);
    }
  }
}
