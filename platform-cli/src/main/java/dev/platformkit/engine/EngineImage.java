package dev.platformkit.engine;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * An image that the engine holds.
 *
 * @param id content id, {@code sha256:…}
 * @param tags every tag it carries, {@code repository:tag}
 * @param size bytes on disk, layers shared with others included
 * @param created when it was built
 */
public record EngineImage(String id, List<String> tags, long size, Instant created) {
  public EngineImage {
    requireNonNull(id, "id is null");
    tags = List.copyOf(tags);
    requireNonNull(created, "created is null");
  }
}
