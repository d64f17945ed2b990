package dev.platformkit.kit.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The values that somebody who looks after them learned last, with those who follow them. */
public final class KnownValues implements LiveConfig {
  private final Object turn = new Object();
  private final List<Consumer<Map<String, String>>> followers = new ArrayList<>();
  private final Runnable end;
  private volatile Map<String, String> current;

  /** Values that nobody has a say in but who calls {@link #are}. */
  public KnownValues(Map<String, String> first) {
    this(first, () -> {});
  }

  /**
   * @param end stops whoever looks after the values
   */
  public KnownValues(Map<String, String> first, Runnable end) {
    current = Map.copyOf(first);
    this.end = end;
  }

  /** From now on the values are these; followers hear only of a change. */
  public void are(Map<String, String> values) {
    synchronized (turn) {
      if (!values.equals(current)) {
        current = Map.copyOf(values);
        followers.forEach(follower -> follower.accept(current));
      }
    }
  }

  @Override
  public Map<String, String> current() {
    return current;
  }

  @Override
  public void follow(Consumer<Map<String, String>> follower) {
    synchronized (turn) {
      followers.add(follower);
      follower.accept(current);
    }
  }

  @Override
  public void close() {
    end.run();
  }
}
