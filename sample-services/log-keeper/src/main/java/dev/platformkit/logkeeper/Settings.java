package dev.platformkit.logkeeper;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the log keeper is told by environment variables:
 *
 * <pre>
 * PLATFORM_NAME       whose logs it answers for
 * ELASTICSEARCH_URL   where they are to arrive
 * KEEP_MEGABYTES      how much it keeps at most of what did not arrive
 * CONTAINERS, KEPT    folders: the engine's, and its own
 * </pre>
 */
record Settings(String platform, URI store, long mostBytes, Path containers, Path kept) {
  Settings {
    requireNonNull(platform, "platform is null");
    requireNonNull(store, "store is null");
    requireNonNull(containers, "containers is null");
    requireNonNull(kept, "kept is null");
  }

  static Settings of(Map<String, String> variables) {
    return new Settings(
        variables.getOrDefault("PLATFORM_NAME", "demo"),
        URI.create(variables.getOrDefault("ELASTICSEARCH_URL", "http://elasticsearch:9200")),
        Long.parseLong(variables.getOrDefault("KEEP_MEGABYTES", "512")) << 20,
        Path.of(variables.getOrDefault("CONTAINERS", "/var/lib/docker/containers")),
        Path.of(variables.getOrDefault("KEPT", "/var/lib/kept/containers")));
  }

  /** Whether Filebeat ships what a container with this logging tag writes. */
  boolean ships(String tag) {
    return tag.startsWith(platform + "/") && !tag.startsWith(platform + "/filebeat/");
  }
}
