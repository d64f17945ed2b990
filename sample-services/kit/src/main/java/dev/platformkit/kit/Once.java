package dev.platformkit.kit;

import dev.platformkit.kit.telemetry.Telemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that does one thing and ends: with 0 when that succeeded, else with 1. All that it does
 * is one trace, whose first span is named after it.
 */
final class Once {
  private static final Logger log = LoggerFactory.getLogger(Once.class);

  private Once() {}

  static void run(String name, Service service, Service.Job job) {
    // Until it is done it has failed, also when it is told to stop before that.
    service.endsWith(true);
    boolean done =
        succeeds(
            name,
            service.telemetry(),
            () -> {
              job.run(service);
              return null;
            });
    service.endsWith(!done);
    service.stop();
    Runtime.getRuntime().halt(done ? 0 : 1);
  }

  /** Whether this ended well; if not, log and trace say why. */
  static boolean succeeds(String name, Telemetry telemetry, Callable<?> work) {
    Span span = telemetry.tracer().spanBuilder(name).startSpan();
    try {
      return Context.current().with(span).wrapSupplier(() -> succeeds(name, span, work)).get();
    } finally {
      span.end();
    }
  }

  private static boolean succeeds(String name, Span span, Callable<?> work) {
    long start = System.nanoTime();
    try {
      work.call();
      log.info("{} done in {} ms", name, since(start));
      return true;
    } catch (Exception e) {
      span.recordException(e)
          .setStatus(StatusCode.ERROR)
          .setAttribute("error.type", e.getClass().getName());
      log.error("{} failed after {} ms: {}", name, since(start), e.getMessage(), e);
      return false;
    }
  }

  private static long since(long start) {
    return Duration.ofNanos(System.nanoTime() - start).toMillis();
  }
}
