package dev.platformkit.kit;

import java.util.Map;

/** A service's configuration as it stands at this moment; it changes while the service runs. */
public interface LiveConfig {
  /** All keys of this service with their values; the last ones known while nobody can be asked. */
  Map<String, String> current();

  /** For a service that is not told where its configuration is. */
  static LiveConfig none() {
    return Map::of;
  }
}
