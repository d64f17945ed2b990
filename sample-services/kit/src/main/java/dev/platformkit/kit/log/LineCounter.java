package dev.platformkit.kit.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.util.List;

/** Counts the lines that were written, so that those that arrive can be held against them. */
final class LineCounter extends AppenderBase<ILoggingEvent> {
  private final String service;
  private final Counter lines;

  LineCounter(String service, CollectorRegistry metrics) {
    this.service = service;
    lines =
        Counter.build("log_lines", "Lines written to standard output.")
            .labelNames("service", "level")
            .withoutExemplars()
            .register(metrics);
    for (Level level : List.of(Level.INFO, Level.WARN, Level.ERROR)) {
      lines.labels(service, label(level));
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.labels(service, label(event.getLevel())).inc();
  }

  private static String label(Level level) {
    return level.toString().toLowerCase(java.util.Locale.ROOT);
  }
}
