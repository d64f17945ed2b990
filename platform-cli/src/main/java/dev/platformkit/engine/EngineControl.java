package dev.platformkit.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What only those ask of an engine who run a platform: to act on it, and to know its images,
 * volumes and networks. Whoever judges a platform takes an {@link Engine}, which cannot change it.
 */
public interface EngineControl extends Engine {
  /** What the engine says of itself and of the machine it runs on. */
  EngineInfo info();

  /** An image by reference or id; empty when the engine does not hold it. */
  Optional<EngineImage> image(String reference);

  /**
   * Every image with a tag that matches a pattern of the engine's, for example {@code
   * platform.local/*}; one question however many images there are.
   */
  List<EngineImage> images(String referencePattern);

  /**
   * Asks, through the engine, whether the registry of an image answers and has it. The engine is
   * asked because it is the one that will pull: its proxies and mirrors count, not ours.
   *
   * @param patience how long that may take
   * @return what stands in the way; empty when the image can be had
   */
  Optional<String> whyNotInRegistry(String reference, Duration patience);

  /** Every volume of a platform, ordered by name. */
  List<Volume> volumes(String platform);

  /** The name of the running container that publishes a port of the host, whosever it is. */
  Optional<String> publisher(int hostPort);

  /** The names of a platform's networks, ordered. */
  List<String> networks(String platform);

  /** Starts a container that stopped; a running one is left alone. */
  void start(String containerId);

  /**
   * Stops a container: its stop signal, then SIGKILL after a time.
   *
   * @param patienceSeconds how long it may take to end by itself
   */
  void stop(String containerId, int patienceSeconds);

  /** Stops a container with that patience and starts it again. */
  void restart(String containerId, int patienceSeconds);

  /** Sends a signal, for example {@code HUP}, to a running container's first process. */
  void signal(String containerId, String signal);

  void pause(String containerId);

  void unpause(String containerId);

  /**
   * Ends a container if it runs, and removes it with its anonymous volumes; gone already is fine.
   */
  void removeContainer(String containerId);

  /**
   * Takes a tag off an image, and removes the image when that was its last.
   *
   * @return false when a container still uses it, so that it stays; gone already is fine
   */
  boolean removeTag(String reference);

  /** Removes a volume and its data; gone already is fine. */
  void removeVolume(String name);

  /** Removes a network that no container uses; gone already is fine. */
  void removeNetwork(String name);
}
