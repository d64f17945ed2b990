package dev.platformkit.kit.broker;

import static dev.platformkit.kit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.kit.Unavailable;
import dev.platformkit.kit.telemetry.Telemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the decorator adds; as a broker it has to keep to the contract of all. */
class TracedBrokerTest extends BrokerContract {
  private static final Message EMPTY = new Message("cart.checkout", Map.of(), new byte[0]);

  private final CollectorRegistry metrics = new CollectorRegistry();
  private final Telemetry telemetry = Telemetry.start("cart", "host-1", Optional.empty(), metrics);
  private final Broker broker = new TracedBroker(new InProcessBroker(), "in_process", telemetry);

  @Override
  protected Broker open() {
    return broker;
  }

  @AfterEach
  void stop() {
    telemetry.close();
  }

  @Test
  void whoReceivesHasATraceOfItsOwnThatIsLinkedToTheRequest() {
    AtomicReference<SpanData> receiver = new AtomicReference<>();
    AtomicReference<Message> received = new AtomicReference<>();
    Span request = telemetry.tracer().spanBuilder("request").startSpan();

    try (Broker.Subscription subscription =
            broker.subscribe(
                "cart.checkout",
                "order",
                message -> {
                  receiver.set(((ReadableSpan) Span.current()).toSpanData());
                  received.set(message);
                });
        Scope scope = request.makeCurrent()) {
      assertThat(subscription.established()).isTrue();
      assertThat(scope).isNotNull();
      broker.publish(EMPTY);
      await().until(() -> received.get() != null);
    }

    String trace = request.getSpanContext().getTraceId();
    assertThat(received.get().headers().get("traceparent")).contains(trace);
    assertThat(receiver.get().getTraceId()).isNotEqualTo(trace);
    assertThat(receiver.get().getLinks())
        .singleElement()
        .satisfies(link -> assertThat(link.getSpanContext().getTraceId()).isEqualTo(trace));
    await().until(() -> handled("ok") == 1);
    assertThat(published("ok")).isEqualTo(1);
  }

  @Test
  void aHandlerThatFailsIsCounted() {
    try (Broker.Subscription subscription =
        broker.subscribe(
            "cart.checkout",
            "order",
            message -> {
              throw new IllegalStateException("not foreseen");
            })) {
      assertThat(subscription).isNotNull();
      broker.publish(EMPTY);

      await().until(() -> handled("failed") == 1);
    }
  }

  @Test
  void whatCannotBePublishedIsCountedAndTold() {
    Broker gone = new TracedBroker(new NobodyThere(), "nats", telemetryWith(metrics));

    assertThatThrownBy(() -> gone.publish(EMPTY)).isInstanceOf(Unavailable.class);

    assertThat(published("failed")).isEqualTo(1);
  }

  /** Metrics are registered once for a registry; this broker takes the place of the other. */
  private Telemetry telemetryWith(CollectorRegistry registry) {
    registry.clear();
    return telemetry;
  }

  private double published(String result) {
    return sample("broker_messages_published_total", "subject,result", "cart.checkout," + result);
  }

  private double handled(String result) {
    return sample(
        "broker_messages_handled_total", "subject,group,result", "cart.checkout,order," + result);
  }

  private double sample(String name, String labels, String values) {
    Double value =
        metrics.getSampleValue(
            name, ("service," + labels).split(",", -1), ("cart," + values).split(",", -1));
    return value == null ? 0 : value;
  }

  private static final class NobodyThere implements Broker {
    @Override
    public void publish(Message message) {
      throw new Unavailable("nats does not answer", new IOException("refused"));
    }

    @Override
    public Subscription subscribe(String subject, String group, Handler handler) {
      throw new UnsupportedOperationException("nobody subscribes here");
    }

    @Override
    public void close() {}
  }
}
