package dev.platformkit.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** An engine that holds what a test gives it, and refuses whatever a test has no use for. */
public final class FakeEngine implements EngineControl {
  public final List<Volume> volumes = new ArrayList<>();
  public final List<EngineImage> images = new ArrayList<>();
  public final List<String> removedTags = new ArrayList<>();
  public final List<String> usedTags = new ArrayList<>();
  public Optional<String> whyNotInRegistry = Optional.of("no registry");

  @Override
  public List<Container> containers(String platform) {
    return List.of();
  }

  @Override
  public List<LogLine> logs(String containerId, Instant since) {
    throw unexpected();
  }

  @Override
  public List<LogLine> lastLogs(String containerId, int most) {
    throw unexpected();
  }

  @Override
  public Map<String, String> files(String containerId, String folder) {
    throw new UnsupportedOperationException();
  }

  @Override
  public AutoCloseable follow(String containerId, Instant since, Consumer<LogLine> lines) {
    throw unexpected();
  }

  @Override
  public AutoCloseable watch(String platform, Consumer<ContainerEvent> events) {
    throw unexpected();
  }

  @Override
  public Map<String, Long> residentMemory(String platform) {
    return Map.of();
  }

  @Override
  public EngineInfo info() {
    throw unexpected();
  }

  @Override
  public Optional<EngineImage> image(String reference) {
    return images.stream().filter(image -> image.tags().contains(reference)).findFirst();
  }

  @Override
  public List<EngineImage> images(String referencePattern) {
    return List.copyOf(images);
  }

  @Override
  public Optional<String> whyNotInRegistry(String reference, Duration patience) {
    return whyNotInRegistry;
  }

  @Override
  public List<Volume> volumes(String platform) {
    return List.copyOf(volumes);
  }

  @Override
  public List<String> networks(String platform) {
    return List.of();
  }

  @Override
  public Optional<String> publisher(int hostPort) {
    return Optional.empty();
  }

  @Override
  public void start(String containerId) {
    throw unexpected();
  }

  @Override
  public void stop(String containerId, int patienceSeconds) {
    throw unexpected();
  }

  @Override
  public void restart(String containerId, int patienceSeconds) {
    throw unexpected();
  }

  @Override
  public void signal(String containerId, String signal) {
    throw unexpected();
  }

  @Override
  public void pause(String containerId) {
    throw unexpected();
  }

  @Override
  public void unpause(String containerId) {
    throw unexpected();
  }

  @Override
  public void removeContainer(String containerId) {
    throw unexpected();
  }

  @Override
  public boolean removeTag(String reference) {
    removedTags.add(reference);
    return !usedTags.contains(reference);
  }

  @Override
  public void removeVolume(String name) {
    throw unexpected();
  }

  @Override
  public void removeNetwork(String name) {
    throw unexpected();
  }

  @Override
  public void close() {}

  private static UnsupportedOperationException unexpected() {
    return new UnsupportedOperationException("not part of this test");
  }
}
