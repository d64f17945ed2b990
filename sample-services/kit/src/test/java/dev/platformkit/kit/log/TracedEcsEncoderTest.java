package dev.platformkit.kit.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TracedEcsEncoderTest {
  /** From here on Docker's json-file driver cuts a line in two. */
  private static final int LONGEST_LINE = 16 * 1024;

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final TracedEcsEncoder encoder = new TracedEcsEncoder();

  @BeforeEach
  void start() {
    encoder.setContext(context);
    encoder.setServiceName("cart");
    encoder.start();
  }

  @Test
  void aLineIsOneObjectWithTheFieldsThatFilebeatExpects() {
    JsonObject line = line("added\n\"two\"", null);

    assertThat(line.get("@timestamp").getAsString()).endsWith("Z");
    assertThat(line.get("log.level").getAsString()).isEqualTo("INFO");
    assertThat(line.get("message").getAsString()).isEqualTo("added\n\"two\"");
    assertThat(line.get("service.name").getAsString()).isEqualTo("cart");
    assertThat(line.has("trace.id")).isFalse();
  }

  @Test
  void aLineOfARequestNamesItsTraceAndSpan() {
    SpanContext span =
        SpanContext.create(TRACE, SPAN, TraceFlags.getSampled(), TraceState.getDefault());

    JsonObject line =
        Context.root().with(Span.wrap(span)).wrapSupplier(() -> line("added", null)).get();

    assertThat(line.get("trace.id").getAsString()).isEqualTo(TRACE);
    assertThat(line.get("span.id").getAsString()).isEqualTo(SPAN);
  }

  @Test
  void anErrorIsToldInFieldsOfItsOwnAndStaysInOneLine() {
    Throwable failure = new IllegalStateException("the cause", deep(600));

    JsonObject line = line("failed", failure);

    assertThat(line.get("error.type").getAsString()).isEqualTo("java.lang.IllegalStateException");
    assertThat(line.get("error.message").getAsString()).isEqualTo("the cause");
    assertThat(line.get("error.stack_trace").getAsString()).contains("TracedEcsEncoderTest");
    assertThat(line.toString()).hasSizeLessThan(LONGEST_LINE);
  }

  private JsonObject line(String message, Throwable failure) {
    LoggingEvent event =
        new LoggingEvent(
            "fqcn", context.getLogger("a.logger"), Level.INFO, message, failure, new Object[0]);
    String text = new String(encoder.encode(event), UTF_8);
    assertThat(text).endsWith("\n");
    assertThat(text.strip()).doesNotContain("\n");
    return JsonParser.parseString(text).getAsJsonObject();
  }

  private static Exception deep(int frames) {
    return frames == 0 ? new IllegalArgumentException("at the bottom") : deep(frames - 1);
  }
}
