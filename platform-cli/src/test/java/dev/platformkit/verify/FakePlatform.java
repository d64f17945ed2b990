package dev.platformkit.verify;

import dev.platformkit.backend.FakeServer;
import dev.platformkit.backend.HttpServer;
import dev.platformkit.engine.Container;
import dev.platformkit.engine.ContainerEvent;
import dev.platformkit.engine.Engine;
import dev.platformkit.engine.LogLine;
import dev.platformkit.problem.Problem;
import dev.platformkit.source.Node;
import dev.platformkit.source.Position;
import dev.platformkit.stack.Readiness;
import dev.platformkit.stack.Service;
import dev.platformkit.stack.Stack;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A platform whose every service is one fake server, whatever the port, and its engine. */
public final class FakePlatform implements AutoCloseable {
  private static final List<Integer> PORTS =
      List.of(4318, 5066, 8080, 8500, 8888, 9090, 9091, 9093, 9200, 9464, 16686);

  /** Answers for every server of the platform. */
  public final FakeServer server = new FakeServer();

  private final List<Container> containers = new ArrayList<>();
  private final List<Service> services = new ArrayList<>();
  private final Map<String, List<LogLine>> logs = new LinkedHashMap<>();

  private final Set<String> unreadable = new HashSet<>();
  private final Map<String, Map<String, String>> files = new LinkedHashMap<>();

  /** Files of a service's first container, in whatever folder. */
  public FakePlatform holds(String service, Map<String, String> texts) {
    files.put(id(service, 1), texts);
    return this;
  }

  /** A service with a running container. */
  public FakePlatform running(String... names) {
    for (String name : names) {
      service(name, new Readiness.Running(), false);
      container(name, Container.State.RUNNING, 0);
    }
    return this;
  }

  /** A service whose container is in a state. */
  public FakePlatform in(String name, Container.State state, int exitCode) {
    service(name, new Readiness.Running(), false);
    container(name, state, exitCode);
    return this;
  }

  public Service service(String name, Readiness ready, boolean registers) {
    Position position = new Position("stacks/test/compose.yaml", 1, 1);
    Service service =
        new Service(
            name,
            position,
            new Node.Mapping(position, List.of()),
            "image",
            List.of(),
            ready,
            Optional.empty(),
            Optional.empty(),
            registers);
    services.add(service);
    return service;
  }

  /** A service with a container that runs since then. */
  public FakePlatform runningSince(String name, Instant started) {
    service(name, new Readiness.Running(), false);
    container(name, Container.State.RUNNING, 0, Optional.of(started));
    return this;
  }

  public Container container(String service, Container.State state, int exitCode) {
    return container(service, state, exitCode, Optional.empty());
  }

  private Container container(
      String service, Container.State state, int exitCode, Optional<Instant> started) {
    int number = (int) containers.stream().filter(c -> c.service().equals(service)).count() + 1;
    Map<Integer, Integer> ports = new LinkedHashMap<>();
    if (state == Container.State.RUNNING || state == Container.State.PAUSED) {
      PORTS.forEach(port -> ports.put(port, server.port()));
    }
    Container container =
        new Container(
            id(service, number),
            "demo-" + service + "-" + number,
            "demo",
            service,
            number,
            "image",
            "sha256:1",
            state,
            Container.Health.NONE,
            exitCode,
            false,
            0,
            started,
            Optional.empty(),
            ports,
            Map.of(),
            Set.of("10.0.0." + number, service));
    containers.add(container);
    return container;
  }

  /** The id of a service's container. */
  public static String id(String service, int number) {
    return "id-" + service + "-" + number;
  }

  /** The service's first container writes a line. */
  public FakePlatform writes(String service, String line) {
    return wrote(service, Instant.now(), line);
  }

  /** The service's first container wrote a line at that time. */
  public FakePlatform wrote(String service, Instant time, String line) {
    logs.computeIfAbsent(id(service, 1), id -> new ArrayList<>())
        .add(new LogLine(time, "stdout", line));
    return this;
  }

  /** What the service's first container writes goes where the engine cannot read it. */
  public FakePlatform writesElsewhere(String service) {
    unreadable.add(id(service, 1));
    return this;
  }

  public List<Container> containers() {
    return List.copyOf(containers);
  }

  public List<Stack> stacks() {
    Node.Mapping none = new Node.Mapping(new Position("x", 1, 1), List.of());
    return List.of(
        new Stack("test", Path.of("/stacks/test/compose.yaml"), "", List.of(), services, none));
  }

  public Addresses addresses() {
    return new PublishedAddresses(HttpServer.client(), containers, stacks(), Map.of());
  }

  public Engine engine() {
    return new FakeEngine();
  }

  @Override
  public void close() {
    server.close();
  }

  private final class FakeEngine implements Engine {
    @Override
    public List<Container> containers(String platform) {
      return List.copyOf(containers);
    }

    @Override
    public List<LogLine> logs(String containerId, Instant since) {
      if (unreadable.contains(containerId)) {
        throw Problem.unable("the logging driver does not support reading");
      }
      return List.copyOf(logs.getOrDefault(containerId, List.of()));
    }

    @Override
    public List<LogLine> lastLogs(String containerId, int most) {
      return logs(containerId, Instant.EPOCH);
    }

    @Override
    public Map<String, String> files(String containerId, String folder) {
      return files.getOrDefault(containerId, Map.of());
    }

    @Override
    public AutoCloseable follow(String containerId, Instant since, Consumer<LogLine> lines) {
      throw new UnsupportedOperationException();
    }

    @Override
    public AutoCloseable watch(String platform, Consumer<ContainerEvent> events) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Long> residentMemory(String platform) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
