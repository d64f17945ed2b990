package dev.platformkit.kit.config;

import java.util.Map;
import java.util.function.Consumer;

/**
 * A service's configuration as it stands at this moment; it changes while the service runs. What
 * the values mean, and whether they are any good, is for {@link Settings} to say.
 */
public interface LiveConfig extends AutoCloseable {
  /** All keys of this service with their values; the last ones known while nobody can be asked. */
  Map<String, String> current();

  /** Tells the follower what stands now, and from then on what stands after every change. */
  void follow(Consumer<Map<String, String>> follower);

  /** Changes no more. */
  @Override
  void close();
}
