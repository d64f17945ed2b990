package dev.platformkit.logkeeper;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import java.time.Duration;

/** What is known of lines on their way, for Prometheus. */
final class KeeperMetrics {
  private final Gauge held;
  private final Gauge kept;
  private final Gauge keptBytes;
  private final Gauge late;
  private final Gauge refused;
  private final Counter rescued;
  private final Counter missed;
  private final Counter lost;
  private final Counter leftOut;

  KeeperMetrics(CollectorRegistry registry) {
    held = gauge("log_files_held", "Log files of the engine that are held open.", registry);
    kept = gauge("log_files_kept", "Copies of deleted log files that the store lacks.", registry);
    keptBytes = gauge("log_bytes_kept", "Bytes of these copies.", registry);
    late =
        gauge(
            "log_oldest_missing_seconds", "Age of the oldest line that the store lacks.", registry);
    refused = gauge("log_lines_refused", "Lines that the store refused and keeps apart.", registry);
    rescued =
        counter("log_files_rescued", "Log files of which copies had to be shipped.", registry);
    missed = counter("log_files_missed", "Log files gone before they could be opened.", registry);
    leftOut =
        counter("log_lines_left_out", "Lines sent twice that did not arrive, sampled.", registry);
    lost = counter("log_bytes_lost", "Bytes of log files lost as no more could be kept.", registry);
  }

  void holding(int files, long gone) {
    held.set(files);
    missed.inc(gone - missed.get());
  }

  void shelf(int files, long bytes) {
    kept.set(files);
    keptBytes.set((double) bytes);
  }

  void late(Duration time) {
    late.set(time.toMillis() / 1000.0);
  }

  void refused(long lines) {
    refused.set((double) lines);
  }

  void rescued() {
    rescued.inc();
  }

  void leftOut(int lines) {
    leftOut.inc(lines);
  }

  void lost(long bytes) {
    lost.inc((double) bytes);
  }

  private static Gauge gauge(String name, String help, CollectorRegistry registry) {
    return Gauge.build(name, help).register(registry);
  }

  private static Counter counter(String name, String help, CollectorRegistry registry) {
    return Counter.build(name, help).withoutExemplars().register(registry);
  }
}
