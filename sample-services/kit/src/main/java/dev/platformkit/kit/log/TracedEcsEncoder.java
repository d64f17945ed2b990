package dev.platformkit.kit.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import co.elastic.logging.logback.EcsEncoder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.List;

/**
 * ECS with the ids of the span in whose course the line was written, taken from the context itself,
 * so that no code has to carry them over into an MDC and none can forget to.
 *
 * <p>Stack traces are cut after a number of frames: the engine's log driver splits lines that are
 * longer than its buffer, and half a JSON object is no log line.
 */
final class TracedEcsEncoder extends EcsEncoder {
  private static final String FRAMES = "25";

  TracedEcsEncoder() {
    ThrowableProxyConverter throwables = new ThrowableProxyConverter();
    throwables.setOptionList(List.of(FRAMES));
    throwables.start();
    setThrowableConverter(throwables);
  }

  @Override
  protected void addCustomFields(ILoggingEvent event, StringBuilder line) {
    SpanContext span = Span.current().getSpanContext();
    if (span.isValid()) {
      line.append("\"trace.id\":\"").append(span.getTraceId()).append("\",");
      line.append("\"span.id\":\"").append(span.getSpanId()).append("\",");
    }
  }
}
