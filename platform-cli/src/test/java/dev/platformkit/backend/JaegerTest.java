package dev.platformkit.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class JaegerTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  @Test
  void aTraceIsReadFromOtlpJson() {
    try (FakeServer fake =
        new FakeServer()
            .on(
                "GET /api/v3/traces/" + TRACE,
                """
                {"result":{"resourceSpans":[{
                  "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cart"}}]},
                  "scopeSpans":[{"scope":{},"spans":[
                    {"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331",
                     "parentSpanId":"00f067aa0ba902b7","name":"AddItem","kind":2,
                     "startTimeUnixNano":"1700000000000000001","endTimeUnixNano":"1700000000500000000",
                     "attributes":[{"key":"rpc.grpc.status_code","value":{"intValue":"0"}}],
                     "status":{"code":2}},
                    {"traceId":"CvdlGRbNQ92ESOshHIAxnA==","spanId":"t61rcWkgMzE=",
                     "name":"SELECT","kind":"SPAN_KIND_CLIENT","status":{}}]}]}]}}
                """)) {
      assertThat(new Jaeger(fake.as("jaeger")).trace(TRACE).spans())
          .satisfiesExactly(
              server -> {
                assertThat(server.service()).isEqualTo("cart");
                assertThat(server.kind()).isEqualTo(Span.Kind.SERVER);
                assertThat(server.parentId()).isEqualTo("00f067aa0ba902b7");
                assertThat(server.error()).isTrue();
                assertThat(server.start()).isEqualTo(Instant.ofEpochSecond(1700000000, 1));
                assertThat(server.attributes()).containsEntry("rpc.grpc.status_code", "0");
              },
              client -> {
                assertThat(client.traceId()).isEqualTo(TRACE);
                assertThat(client.id()).isEqualTo("b7ad6b7169203331");
                assertThat(client.parentId()).isEmpty();
                assertThat(client.kind()).isEqualTo(Span.Kind.CLIENT);
                assertThat(client.error()).isFalse();
              });
    }
  }

  @Test
  void aTraceThatIsNotKnownHasNoSpans() {
    try (FakeServer fake =
        new FakeServer().on("GET /api/v3/traces/" + TRACE, 404, "{\"error\":{\"httpCode\":404}}")) {
      assertThat(new Jaeger(fake.as("jaeger")).trace(TRACE).spans()).isEmpty();
    }
  }

  @Test
  void anyOtherAnswerIsNoAbsence() {
    try (FakeServer fake = new FakeServer().on("GET /api/v3/traces/" + TRACE, 500, "broken")) {
      assertThatThrownBy(() -> new Jaeger(fake.as("jaeger")).trace(TRACE))
          .hasMessageContaining("expected the trace, or 404, got 500 broken");
    }
  }
}
