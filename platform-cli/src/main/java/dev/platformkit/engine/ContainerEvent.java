package dev.platformkit.engine;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * Something that happened to a container of a platform.
 *
 * @param time when, by the engine's clock
 * @param containerId the engine's full container id
 * @param service its Compose service
 * @param action the engine's word: {@code create}, {@code start}, {@code die}, {@code oom}, {@code
 *     kill}, {@code pause}, {@code health_status: healthy} ...
 * @param exitCode how it ended; only {@code die} has one
 */
public record ContainerEvent(
    Instant time, String containerId, String service, String action, OptionalInt exitCode) {
  public ContainerEvent {
    requireNonNull(time, "time is null");
    requireNonNull(containerId, "containerId is null");
    requireNonNull(service, "service is null");
    requireNonNull(action, "action is null");
    requireNonNull(exitCode, "exitCode is null");
  }
}
