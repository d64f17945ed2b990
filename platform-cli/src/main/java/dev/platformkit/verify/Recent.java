package dev.platformkit.verify;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.Supplier;

/** An answer that many probes look at, asked for once in a while and not once per probe. */
public final class Recent<T> {
  private static final Duration FRESH = Duration.ofMillis(700);

  private final Supplier<T> source;
  private T value;
  private long at;

  public Recent(Supplier<T> source) {
    this.source = requireNonNull(source, "source is null");
  }

  public synchronized T get() {
    if (value == null || System.nanoTime() - at > FRESH.toNanos()) {
      value = source.get();
      at = System.nanoTime();
    }
    return value;
  }
}
