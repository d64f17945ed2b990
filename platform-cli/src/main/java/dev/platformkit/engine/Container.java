package dev.platformkit.engine;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One container of a platform as the engine sees it now.
 *
 * @param id the engine's full container id
 * @param name the engine's name for it, for example {@code demo-product-1}
 * @param platform the platform (Compose project) that it belongs to
 * @param service its Compose service
 * @param number which replica of the service, from 1
 * @param image the image as the compose file names it
 * @param imageId the image's content id, {@code sha256:…}
 * @param state what it is doing
 * @param health what its own health check says, {@link Health#NONE} where it has none
 * @param exitCode how its last run ended; 0 while it runs
 * @param oomKilled whether the kernel ended its last run for want of memory
 * @param restarts how often the engine has restarted it
 * @param started when its current or last run began; empty before its first start
 * @param finished when its last run ended; empty while it has never ended
 * @param ports container port to published port on 127.0.0.1, TCP only
 * @param labels every label it carries
 * @param addresses its addresses in its networks, and the names by which others reach it there
 */
public record Container(
    String id,
    String name,
    String platform,
    String service,
    int number,
    String image,
    String imageId,
    State state,
    Health health,
    int exitCode,
    boolean oomKilled,
    int restarts,
    Optional<Instant> started,
    Optional<Instant> finished,
    Map<Integer, Integer> ports,
    Map<String, String> labels,
    Set<String> addresses) {

  /** The engine's container states. */
  public enum State {
    CREATED,
    RUNNING,
    PAUSED,
    RESTARTING,
    REMOVING,
    EXITED,
    DEAD
  }

  /** The verdict of a container's own health check. */
  public enum Health {
    NONE,
    STARTING,
    HEALTHY,
    UNHEALTHY
  }

  public Container {
    requireNonNull(id, "id is null");
    requireNonNull(name, "name is null");
    requireNonNull(platform, "platform is null");
    requireNonNull(service, "service is null");
    requireNonNull(image, "image is null");
    requireNonNull(imageId, "imageId is null");
    requireNonNull(state, "state is null");
    requireNonNull(health, "health is null");
    requireNonNull(started, "started is null");
    requireNonNull(finished, "finished is null");
    ports = Map.copyOf(ports);
    labels = Map.copyOf(labels);
    addresses = Set.copyOf(addresses);
  }
}
