package dev.platformkit.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.kit.telemetry.Telemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.prometheus.client.CollectorRegistry;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OnceTest {
  private final Telemetry telemetry =
      Telemetry.start("job", "host-1", Optional.empty(), new CollectorRegistry());
  private final AtomicReference<Span> inside = new AtomicReference<>();

  @AfterEach
  void stop() {
    telemetry.close();
  }

  @Test
  void whatAJobDoesBelongsToOneSpanThatIsNamedAfterIt() {
    assertThat(Once.succeeds("tidy-up", telemetry, this::noteSpan)).isTrue();

    assertThat(span().getName()).isEqualTo("tidy-up");
    assertThat(span().hasEnded()).isTrue();
    assertThat(span().toSpanData().getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(Span.current().getSpanContext().isValid()).isFalse();
  }

  @Test
  void aJobThatThrowsHasFailedAndItsSpanSaysWhy() {
    boolean done =
        Once.succeeds(
            "tidy-up",
            telemetry,
            () -> {
              noteSpan();
              throw new IllegalStateException("there is no broom");
            });

    assertThat(done).isFalse();
    assertThat(span().hasEnded()).isTrue();
    assertThat(span().toSpanData().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span().toSpanData().getEvents())
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.getAttributes().asMap().values()).contains("there is no broom"));
  }

  private Void noteSpan() {
    inside.set(Span.current());
    return null;
  }

  private ReadableSpan span() {
    return (ReadableSpan) inside.get();
  }
}
