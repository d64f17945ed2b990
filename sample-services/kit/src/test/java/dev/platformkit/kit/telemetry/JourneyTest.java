package dev.platformkit.kit.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.prometheus.client.CollectorRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JourneyTest {
  private final Telemetry telemetry =
      Telemetry.start("shop", "host-1", Optional.empty(), new CollectorRegistry());
  private final TextMapPropagator headers =
      telemetry.openTelemetry().getPropagators().getTextMapPropagator();

  @AfterEach
  void stop() {
    telemetry.close();
  }

  @Test
  void theJourneyOfACallerStandsOnSpans() {
    assertThat(journeyOfASpan("shop.journey=checkout")).isEqualTo("checkout");
    assertThat(journeyOfASpan("a=b, shop.journey=browse-1;property=1")).isEqualTo("browse-1");
  }

  @Test
  void aRequestWithoutAJourneyHasNone() {
    assertThat(journeyOfASpan("")).isNull();
    assertThat(journeyOfASpan("other=checkout")).isNull();
  }

  @Test
  void whatIsNoShortNameIsNoJourney() {
    assertThat(journeyOfASpan("shop.journey=" + "x".repeat(65))).isNull();
    assertThat(journeyOfASpan("shop.journey=a%0Ab")).isNull();
    assertThat(journeyOfASpan("shop.journey=%C3%A4")).isNull();
  }

  @Test
  void onlyTheJourneyIsPassedOn() {
    Context inside = received("role=admin,shop.journey=checkout");

    assertThat(Baggage.fromContext(inside).asMap()).containsOnlyKeys("shop.journey");
    assertThat(sent(inside)).isEqualTo("shop.journey=checkout");
    assertThat(sent(Context.root().with(Baggage.builder().put("token", "hunter2").build())))
        .isNull();
  }

  @Test
  void theTraceIsPassedOnAsBefore() {
    Map<String, String> carrier =
        Map.of("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    Context inside = headers.extract(Context.root(), carrier, new MapOfHeaders());

    assertThat(Span.fromContext(inside).getSpanContext().getTraceId())
        .isEqualTo("0af7651916cd43dd8448eb211c80319c");
  }

  private String journeyOfASpan(String baggage) {
    Span span = telemetry.tracer().spanBuilder("buy").setParent(received(baggage)).startSpan();
    span.end();
    return ((ReadableSpan) span).getAttribute(AttributeKey.stringKey("shop.journey"));
  }

  private Context received(String baggage) {
    return headers.extract(Context.root(), Map.of("baggage", baggage), new MapOfHeaders());
  }

  private String sent(Context context) {
    Map<String, String> carrier = new HashMap<>();
    headers.inject(context, carrier, Map::put);
    return carrier.get("baggage");
  }
}
