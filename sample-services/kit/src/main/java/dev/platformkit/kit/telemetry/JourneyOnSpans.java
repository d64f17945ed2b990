package dev.platformkit.kit.telemetry;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;

/** Writes the {@link Journey} on every span that begins in its course. */
final class JourneyOnSpans implements SpanProcessor {
  @Override
  public void onStart(Context parent, ReadWriteSpan span) {
    Journey.of(parent).ifPresent(name -> span.setAttribute(Journey.KEY, name));
  }

  @Override
  public boolean isStartRequired() {
    return true;
  }

  @Override
  public void onEnd(ReadableSpan span) {}

  @Override
  public boolean isEndRequired() {
    return false;
  }
}
