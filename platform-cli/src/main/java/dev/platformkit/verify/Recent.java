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

  /** The answer, not older than it may be. */
  public T get() {
    return get(System.nanoTime() - FRESH.toNanos());
  }

  /**
   * The answer to a question that was asked no earlier than a moment.
   *
   * @param moment by {@link System#nanoTime}
   */
  public synchronized T get(long moment) {
    if (value == null || at - moment < 0) {
      long asked = System.nanoTime();
      value = source.get();
      at = asked;
    }
    return value;
  }
}
