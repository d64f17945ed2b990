package dev.platformkit.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.platformkit.engine.Container;
import dev.platformkit.engine.Container.State;
import dev.platformkit.engine.EngineControl;
import dev.platformkit.engine.Volume;
import dev.platformkit.project.Platform;
import dev.platformkit.project.StateFolder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Takes a platform down by what the engine holds under its name, whatever its files say by now. So
 * nothing stays behind, containers of stacks that were dropped included.
 *
 * @param containers all of them, stopped ones too
 * @param volumes what its data stands in
 * @param otherOwner whose it is, where it is not this folder's
 */
public record Down(
    Platform platform,
    List<Container> containers,
    List<String> networks,
    List<String> volumes,
    Optional<String> otherOwner) {
  private static final int PATIENCE_SECONDS = 10;

  /** A container that keeps something of the others says so: {@code dev.platformkit.stop: last}. */
  private static final String ORDER = "dev.platformkit.stop";

  public Down {
    requireNonNull(platform, "platform is null");
    containers = List.copyOf(containers);
    networks = List.copyOf(networks);
    volumes = List.copyOf(volumes);
    requireNonNull(otherOwner, "otherOwner is null");
  }

  /** Looks at what is there; changes nothing. */
  public static Down of(Platform platform, EngineControl engine) {
    List<Container> containers = engine.containers(platform.name());
    Ownership ownership = Ownership.of(platform, containers, engine);
    return new Down(
        platform,
        containers,
        engine.networks(platform.name()),
        engine.volumes(platform.name()).stream().map(Volume::name).toList(),
        ownership.ours() ? Optional.empty() : Optional.of(ownership.otherOwner()));
  }

  /** Whether there is nothing to stop. */
  public boolean isDown() {
    return containers.isEmpty() && networks.isEmpty();
  }

  /**
   * Stops and removes containers and networks; those that are to stop last when all others are
   * gone.
   *
   * @param gone told the service of each container as it goes
   */
  public void stop(EngineControl engine, Consumer<String> gone) {
    Map<Boolean, List<Container>> last =
        containers.stream()
            .collect(Collectors.partitioningBy(c -> "last".equals(c.labels().get(ORDER))));
    stop(last.get(false), engine, gone);
    stop(last.get(true), engine, gone);
    Up.forEach(networks, engine::removeNetwork);
  }

  private static void stop(
      List<Container> containers, EngineControl engine, Consumer<String> gone) {
    Up.forEach(
        containers,
        container -> {
          if (container.state() == State.PAUSED) {
            engine.unpause(container.id()); // a paused process cannot take a signal
          }
          engine.stop(container.id(), PATIENCE_SECONDS);
          engine.removeContainer(container.id());
          gone.accept(container.service());
        });
  }

  /** Deletes the data, and the secrets that only it needed. Evidence and build logs stay. */
  public void delete(EngineControl engine) {
    Up.forEach(volumes, engine::removeVolume);
    StateFolder.forget(platform);
  }
}
