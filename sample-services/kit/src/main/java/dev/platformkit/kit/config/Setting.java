package dev.platformkit.kit.config;

import java.util.function.Consumer;

/** One typed value of a service's configuration. */
public interface Setting<T> {
  /** The value in force at this moment. */
  T get();

  /** Tells the value in force now, and from then on each other one that comes into force. */
  void follow(Consumer<T> follower);
}
