package dev.platformkit.lifecycle;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What a service does now.
 *
 * @param state the engine's word for its container's state; {@code missing} without a container
 * @param since when the container was started, or ended if it has
 * @param cause why it is not ready; empty when it is
 */
public record ServiceStatus(
    String service,
    String stack,
    String state,
    boolean ready,
    Optional<Instant> since,
    Optional<String> cause) {
  public ServiceStatus {
    requireNonNull(service, "service is null");
    requireNonNull(stack, "stack is null");
    requireNonNull(state, "state is null");
    requireNonNull(since, "since is null");
    requireNonNull(cause, "cause is null");
  }
}
