package dev.platformkit.kit.telemetry;

import io.opentelemetry.api.trace.SpanContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Decides which requests are named beside a series. The latest always is, but for one case: a
 * request whose trace state carries {@code platformkit=verify} gives way to another such request at
 * once, and to any other only when it has been there for a scrape and a half.
 */
final class Exemplars {
  /** One and a half times the interval at which this platform is scraped, and some. */
  static final Duration KEPT = Duration.ofSeconds(8);

  private static final String KEY = "platformkit";
  private static final String VERIFY = "verify";

  private final LongSupplier nanoClock;
  private final Map<List<String>, Long> proofs = new ConcurrentHashMap<>();

  Exemplars(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** What to write beside a series for this request; null where what stands there is kept. */
  String[] of(SpanContext span, List<String> series) {
    if (!span.isSampled()) {
      return null;
    }
    if (VERIFY.equals(span.getTraceState().get(KEY))) {
      proofs.put(series, nanoClock.getAsLong());
    } else if (isKept(series)) {
      return null;
    }
    return new String[] {"trace_id", span.getTraceId(), "span_id", span.getSpanId()};
  }

  private boolean isKept(List<String> series) {
    Long since = proofs.get(series);
    if (since == null) {
      return false;
    }
    if (nanoClock.getAsLong() - since < KEPT.toNanos()) {
      return true;
    }
    proofs.remove(series, since);
    return false;
  }
}
