package dev.platformkit.verify.journey;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * A step as it was sent and answered.
 *
 * @param request method and path, for people
 * @param traceId announced with the request, so known before its answer
 * @param spanId the announced parent of the trace's first span, which is not stored anywhere
 * @param good whether the answer was as expected
 */
public record StepRun(
    String name,
    String request,
    String traceId,
    String spanId,
    boolean good,
    String expected,
    String observed,
    Duration took) {
  public StepRun {
    requireNonNull(name, "name is null");
    requireNonNull(request, "request is null");
    requireNonNull(traceId, "traceId is null");
    requireNonNull(spanId, "spanId is null");
    requireNonNull(expected, "expected is null");
    requireNonNull(observed, "observed is null");
    requireNonNull(took, "took is null");
  }

  /** The same, judged otherwise. */
  StepRun judged(boolean asExpected, String seen) {
    return new StepRun(name, request, traceId, spanId, asExpected, expected, seen, took);
  }
}
