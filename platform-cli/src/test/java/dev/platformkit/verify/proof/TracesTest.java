package dev.platformkit.verify.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.verify.FakePlatform;
import dev.platformkit.verify.journey.Journeys;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TracesTest {
  private static final String SENT = "0123456789abcdef0123456789abcdef";

  private final FakePlatform platform = new FakePlatform().running("jaeger");
  private final Instant now = Instant.now();
  private final Traces traces =
      new Traces(platform.addresses(), Sentinel.of(Journeys.walk(now, now, "s1", SENT)));

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void aServiceIsLateUntilASpanOfTheSentinelIsStored() {
    assertThat(traces.late(List.of("gateway", "cart"))).containsExactly("cart", "gateway");

    stored("s1", "gateway", "");

    assertThat(traces.late(List.of("cart"))).containsExactly("cart");
    assertThat(traces.late(List.of())).isEmpty();
  }

  @Test
  void aConsumerThatBeganATraceOfItsOwnForTheSentinelIsNotLate() {
    stored("s1", "gateway", "");
    stored("", "order", "\"links\":[{\"traceId\":\"%s\",\"spanId\":\"\"}],".formatted(SENT));

    assertThat(traces.late(List.of("gateway", "order"))).isEmpty();
  }

  @Test
  void aConsumerOfWhatSomebodyElseSentIsLate() {
    stored(
        "", "order", "\"links\":[{\"traceId\":\"%s\",\"spanId\":\"\"}],".formatted("f".repeat(32)));

    assertThat(traces.late(List.of("order"))).containsExactly("order");
  }

  private void stored(String trace, String service, String links) {
    platform.server.on(
        ("GET /api/v3/traces/" + trace).replaceFirst("/$", ""),
        """
        {"result":{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name",
         "value":{"stringValue":"%s"}}]},"scopeSpans":[{"spans":[{%s"name":"n"}]}]}]}}
        """
            .formatted(service, links));
  }
}
