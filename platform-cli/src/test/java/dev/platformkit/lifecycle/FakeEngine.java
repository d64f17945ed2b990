package dev.platformkit.lifecycle;

import dev.platformkit.engine.Container;
import dev.platformkit.engine.Container.Health;
import dev.platformkit.engine.Container.State;
import dev.platformkit.engine.ContainerEvent;
import dev.platformkit.engine.EngineControl;
import dev.platformkit.engine.EngineImage;
import dev.platformkit.engine.EngineInfo;
import dev.platformkit.engine.LogLine;
import dev.platformkit.engine.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** An engine that holds what a test puts into it, and remembers what was asked of it. */
final class FakeEngine implements EngineControl {
  static final String PLATFORM = "demo";

  final List<String> actions = Collections.synchronizedList(new ArrayList<>());
  final Map<String, List<LogLine>> logs = new ConcurrentHashMap<>();
  final List<Volume> volumes = new CopyOnWriteArrayList<>();
  private final Map<String, Container> containers = Collections.synchronizedMap(new TreeMap<>());
  private final List<Consumer<ContainerEvent>> watchers = new CopyOnWriteArrayList<>();
  private final Map<String, Consumer<LogLine>> followers = new ConcurrentHashMap<>();

  static Container container(String service, State state) {
    return new Container(
        service + "-id",
        PLATFORM + "-" + service + "-1",
        PLATFORM,
        service,
        1,
        "image",
        "sha256:1",
        state,
        Health.NONE,
        0,
        false,
        0,
        Optional.of(Instant.now().minus(Duration.ofHours(1))),
        Optional.empty(),
        Map.of(8080, 20_000),
        Map.of(),
        Set.of());
  }

  /** A container as it is after it ended. */
  static Container ended(String service, int exitCode, boolean oomKilled) {
    Container c = container(service, State.EXITED);
    return new Container(
        c.id(),
        c.name(),
        c.platform(),
        service,
        1,
        c.image(),
        c.imageId(),
        State.EXITED,
        Health.NONE,
        exitCode,
        oomKilled,
        0,
        c.started(),
        Optional.of(Instant.now()),
        Map.of(),
        Map.of(),
        Set.of());
  }

  static Container with(Container c, Health health) {
    return new Container(
        c.id(),
        c.name(),
        c.platform(),
        c.service(),
        1,
        c.image(),
        c.imageId(),
        c.state(),
        health,
        c.exitCode(),
        c.oomKilled(),
        0,
        c.started(),
        c.finished(),
        c.ports(),
        c.labels(),
        c.addresses());
  }

  static Container with(Container c, Map<String, String> labels) {
    return new Container(
        c.id(),
        c.name(),
        c.platform(),
        c.service(),
        1,
        c.image(),
        c.imageId(),
        c.state(),
        c.health(),
        c.exitCode(),
        c.oomKilled(),
        0,
        c.started(),
        c.finished(),
        c.ports(),
        labels,
        c.addresses());
  }

  static Container startedAt(Container c, Instant time) {
    return new Container(
        c.id(),
        c.name(),
        c.platform(),
        c.service(),
        1,
        c.image(),
        c.imageId(),
        c.state(),
        c.health(),
        c.exitCode(),
        c.oomKilled(),
        0,
        Optional.of(time),
        c.finished(),
        c.ports(),
        c.labels(),
        c.addresses());
  }

  void put(Container container) {
    containers.put(container.id(), container);
  }

  void change(String service, UnaryOperator<Container> change) {
    containers.computeIfPresent(service + "-id", (id, container) -> change.apply(container));
  }

  void happens(String service, String action) {
    happens(service, action, OptionalInt.empty());
  }

  void dies(String service, int exitCode) {
    happens(service, "die", OptionalInt.of(exitCode));
  }

  private void happens(String service, String action, OptionalInt exitCode) {
    ContainerEvent event =
        new ContainerEvent(Instant.now(), service + "-id", service, action, exitCode);
    watchers.forEach(watcher -> watcher.accept(event));
  }

  void writes(String service, String text) {
    LogLine line = new LogLine(Instant.now(), "stdout", text);
    logs.computeIfAbsent(service + "-id", id -> new CopyOnWriteArrayList<>()).add(line);
    Optional.ofNullable(followers.get(service + "-id")).ifPresent(f -> f.accept(line));
  }

  @Override
  public List<Container> containers(String platform) {
    return List.copyOf(containers.values());
  }

  @Override
  public List<LogLine> logs(String containerId, Instant since) {
    return logs.getOrDefault(containerId, List.of()).stream()
        .filter(line -> !line.time().isBefore(since))
        .toList();
  }

  @Override
  public List<LogLine> lastLogs(String containerId, int most) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<String, String> files(String containerId, String folder) {
    throw new UnsupportedOperationException();
  }

  @Override
  public AutoCloseable follow(String containerId, Instant since, Consumer<LogLine> lines) {
    followers.put(containerId, lines);
    return () -> followers.remove(containerId);
  }

  @Override
  public AutoCloseable watch(String platform, Consumer<ContainerEvent> events) {
    watchers.add(events);
    return () -> watchers.remove(events);
  }

  @Override
  public Map<String, Long> residentMemory(String platform) {
    return Map.of("a", 1L << 20, "b", 1L << 20);
  }

  @Override
  public EngineInfo info() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<EngineImage> image(String reference) {
    return Optional.empty();
  }

  @Override
  public List<EngineImage> images(String referencePattern) {
    return List.of();
  }

  @Override
  public Optional<String> whyNotInRegistry(String reference, Duration patience) {
    return Optional.of("no registry in tests");
  }

  @Override
  public List<Volume> volumes(String platform) {
    return List.copyOf(volumes);
  }

  @Override
  public Optional<String> publisher(int hostPort) {
    return Optional.empty();
  }

  @Override
  public List<String> networks(String platform) {
    return containers.isEmpty() ? List.of() : List.of(PLATFORM + "_platform");
  }

  @Override
  public void start(String containerId) {
    actions.add("start " + containerId);
  }

  @Override
  public void stop(String containerId, int patienceSeconds) {
    actions.add("stop " + containerId);
  }

  @Override
  public void restart(String containerId, int patienceSeconds) {
    actions.add("restart " + containerId);
    containers.computeIfPresent(containerId, (id, c) -> startedAt(c, Instant.now()));
  }

  @Override
  public void signal(String containerId, String signal) {
    actions.add(signal + " " + containerId);
  }

  @Override
  public void pause(String containerId) {
    actions.add("pause " + containerId);
  }

  @Override
  public void unpause(String containerId) {
    actions.add("unpause " + containerId);
    containers.computeIfPresent(
        containerId,
        (id, c) -> startedAt(container(c.service(), State.RUNNING), c.started().get()));
  }

  @Override
  public void removeContainer(String containerId) {
    actions.add("remove " + containerId);
    containers.remove(containerId);
  }

  @Override
  public boolean removeTag(String reference) {
    throw new UnsupportedOperationException("not part of this test");
  }

  @Override
  public void removeVolume(String name) {
    actions.add("remove volume " + name);
  }

  @Override
  public void removeNetwork(String name) {
    actions.add("remove network " + name);
  }

  @Override
  public void close() {}
}
