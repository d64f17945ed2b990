package dev.platformkit.kit.broker;

import dev.platformkit.kit.telemetry.Telemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.prometheus.client.Counter;
import java.util.HashMap;
import java.util.Map;

/**
 * Any broker, with a span and a count for each message on both sides. The trace travels in the
 * message's headers. Who receives has a trace of its own, since it may be one of many and come much
 * later; it is linked to the one in which the message was published.
 */
public final class TracedBroker implements Broker {
  private static final String OK = "ok";
  private static final String FAILED = "failed";

  private final Broker broker;
  private final String system;
  private final Telemetry telemetry;
  private final TextMapPropagator headers;
  private final Counter published;
  private final Counter handled;

  /**
   * @param system how semantic conventions call the broker
   */
  public TracedBroker(Broker broker, String system, Telemetry telemetry) {
    this.broker = broker;
    this.system = system;
    this.telemetry = telemetry;
    headers = telemetry.openTelemetry().getPropagators().getTextMapPropagator();
    published =
        Counter.build("broker_messages_published", "Messages sent on their way, or not")
            .labelNames("service", "subject", "result")
            .register(telemetry.metrics());
    handled =
        Counter.build("broker_messages_handled", "Messages received and handled, or not")
            .labelNames("service", "subject", "group", "result")
            .register(telemetry.metrics());
  }

  @Override
  public void publish(Message message) {
    Span span = span("send", message.subject(), SpanKind.PRODUCER).startSpan();
    Context context = Context.current().with(span);
    Map<String, String> all = new HashMap<>(message.headers());
    headers.inject(context, all, Map::put);
    String result = FAILED;
    try {
      context.wrap(() -> broker.publish(message.withHeaders(all))).run();
      result = OK;
    } catch (RuntimeException e) {
      failed(span, e);
      throw e;
    } finally {
      published.labels(telemetry.service(), message.subject(), result).inc();
      span.end();
    }
  }

  @Override
  public Subscription subscribe(String subject, String group, Handler handler) {
    return broker.subscribe(subject, group, message -> handle(message, group, handler));
  }

  @Override
  public void close() {
    broker.close();
  }

  private void handle(Message message, String group, Handler handler) {
    Context cause = headers.extract(Context.root(), message.headers(), new Headers());
    Span span =
        span("process", message.subject(), SpanKind.CONSUMER)
            .setNoParent()
            .addLink(Span.fromContext(cause).getSpanContext())
            .setAttribute("messaging.consumer.group.name", group)
            .startSpan();
    String result = FAILED;
    try {
      Context.root().with(span).wrap(() -> handler.handle(message)).run();
      result = OK;
    } catch (RuntimeException e) {
      failed(span, e);
      throw e;
    } finally {
      handled.labels(telemetry.service(), message.subject(), group, result).inc();
      span.end();
    }
  }

  private SpanBuilder span(String operation, String subject, SpanKind kind) {
    return telemetry
        .tracer()
        .spanBuilder(operation + " " + subject)
        .setSpanKind(kind)
        .setAttribute("messaging.system", system)
        .setAttribute("messaging.operation.name", operation)
        .setAttribute("messaging.operation.type", operation)
        .setAttribute("messaging.destination.name", subject);
  }

  private static void failed(Span span, RuntimeException failure) {
    span.setStatus(StatusCode.ERROR).setAttribute("error.type", failure.getClass().getName());
  }

  private static final class Headers implements TextMapGetter<Map<String, String>> {
    @Override
    public String get(Map<String, String> all, String name) {
      return all == null ? null : all.get(name);
    }
  }
}
