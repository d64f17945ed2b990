package dev.platformkit.engine;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.LogContainerCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Network;
import dev.platformkit.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** An engine spoken to through docker-java. */
public final class DockerEngine implements EngineControl {
  private final EngineConnection connection;

  private DockerEngine(EngineConnection connection) {
    this.connection = connection;
  }

  /**
   * The engine that the environment names ({@code DOCKER_HOST}, the docker client's context, the
   * default socket).
   *
   * @throws Problem exit 3, with the cause and what to type, when none answers there
   */
  public static EngineControl connect() {
    return new DockerEngine(EngineConnection.open());
  }

  /** The engine at an address such as {@code unix:///run/other.sock}, with the same contract. */
  public static EngineControl connect(String address) {
    return new DockerEngine(EngineConnection.open(address));
  }

  /** Where {@link #connect()} looks. */
  public static String configuredAddress() {
    return EngineConnection.configuredAddress();
  }

  @Override
  public List<Container> containers(String platform) {
    return connection.ask(
        () ->
            connection
                .calls()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(Inspection.PROJECT, platform))
                .exec()
                .parallelStream()
                .flatMap(c -> inspect(c.getId()).stream())
                .sorted(Comparator.comparing(Container::service).thenComparing(Container::number))
                .toList());
  }

  /** Empty when the container was removed since it was listed. */
  private Optional<Container> inspect(String id) {
    try {
      return Optional.of(Inspection.container(connection.calls().inspectContainerCmd(id).exec()));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<LogLine> logs(String containerId, Instant since) {
    return connection.ask(() -> lines(logCommand(containerId, since), since));
  }

  @Override
  public List<LogLine> lastLogs(String containerId, int most) {
    return connection.ask(
        () -> lines(logCommand(containerId, Instant.EPOCH).withTail(most), Instant.EPOCH));
  }

  private static List<LogLine> lines(LogContainerCmd command, Instant since) {
    List<LogLine> lines = new ArrayList<>();
    await(command.withFollowStream(false).exec(new LogReader(since, lines::add)));
    return List.copyOf(lines);
  }

  @Override
  public Map<String, String> files(String containerId, String folder) {
    return connection.ask(
        () -> {
          try (InputStream tar =
              connection.calls().copyArchiveFromContainerCmd(containerId, folder).exec()) {
            return ContainerFiles.read(tar);
          } catch (NotFoundException e) {
            return Map.of();
          } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder + " of " + containerId, e);
          }
        });
  }

  @Override
  public AutoCloseable follow(String containerId, Instant since, Consumer<LogLine> lines) {
    return connection.ask(
        () ->
            logCommand(containerId, since)
                .withFollowStream(true)
                .exec(new LogReader(since, lines)));
  }

  private LogContainerCmd logCommand(String containerId, Instant since) {
    LogContainerCmd command =
        connection
            .streams()
            .logContainerCmd(containerId)
            .withStdOut(true)
            .withStdErr(true)
            .withTimestamps(true);
    return since.getEpochSecond() <= 0
        ? command
        : command.withSince(Math.toIntExact(since.getEpochSecond()));
  }

  @Override
  public AutoCloseable watch(String platform, Consumer<ContainerEvent> events) {
    return connection.ask(
        () ->
            connection
                .streams()
                .eventsCmd()
                .withEventTypeFilter("container")
                .withLabelFilter(Map.of(Inspection.PROJECT, platform))
                .exec(
                    new ResultCallback.Adapter<>() {
                      @Override
                      public void onNext(Event event) {
                        events.accept(event(event));
                      }
                    }));
  }

  private static ContainerEvent event(Event event) {
    Map<String, String> attributes = event.getActor().getAttributes();
    String exitCode = attributes.get("exitCode");
    long nanos = event.getTimeNano();
    return new ContainerEvent(
        Instant.ofEpochSecond(0, nanos),
        event.getActor().getId(),
        attributes.getOrDefault(Inspection.SERVICE, ""),
        event.getAction(),
        exitCode == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(exitCode)));
  }

  @Override
  public Map<String, Long> residentMemory(String platform) {
    return connection.ask(
        () -> {
          Map<String, FirstSample> asked = new LinkedHashMap<>();
          for (var c :
              connection
                  .calls()
                  .listContainersCmd()
                  .withLabelFilter(Map.of(Inspection.PROJECT, platform))
                  .withStatusFilter(List.of("running"))
                  .exec()) {
            asked.put(c.getId(), connection.streams().statsCmd(c.getId()).exec(new FirstSample()));
          }
          Map<String, Long> resident = new LinkedHashMap<>();
          asked.forEach(
              (id, sample) -> {
                await(sample);
                sample.resident().ifPresent(bytes -> resident.put(id, bytes));
              });
          return resident;
        });
  }

  @Override
  public EngineInfo info() {
    return connection.ask(
        () -> {
          Info info = connection.calls().infoCmd().exec();
          List<String> security =
              info.getSecurityOptions() == null ? List.of() : info.getSecurityOptions();
          return new EngineInfo(
              connection.address(),
              info.getServerVersion(),
              connection.calls().versionCmd().exec().getApiVersion(),
              info.getOperatingSystem(),
              info.getArchitecture(),
              info.getNCPU(),
              info.getMemTotal(),
              Path.of(info.getDockerRootDir()),
              info.getCGroupVersion() == null ? "1" : info.getCGroupVersion(),
              Boolean.TRUE.equals(info.getMemoryLimit()),
              Boolean.TRUE.equals(info.getRawValues().get("PidsLimit")),
              security.stream().anyMatch(option -> option.startsWith("name=rootless")),
              info.getLoggingDriver(),
              info.getContainersRunning());
        });
  }

  @Override
  public Optional<EngineImage> image(String reference) {
    return connection.ask(
        () -> {
          try {
            var seen = connection.calls().inspectImageCmd(reference).exec();
            return Optional.of(
                new EngineImage(
                    seen.getId(),
                    seen.getRepoTags() == null ? List.of() : seen.getRepoTags(),
                    seen.getSize() == null ? 0 : seen.getSize(),
                    Instant.parse(seen.getCreated())));
          } catch (NotFoundException e) {
            return Optional.empty();
          }
        });
  }

  @Override
  public List<EngineImage> images(String referencePattern) {
    return connection.ask(
        () ->
            connection
                .calls()
                .listImagesCmd()
                .withFilter("reference", List.of(referencePattern))
                .exec()
                .stream()
                .map(
                    seen ->
                        new EngineImage(
                            seen.getId(),
                            seen.getRepoTags() == null
                                ? List.of()
                                : Arrays.asList(seen.getRepoTags()),
                            seen.getSize(),
                            Instant.ofEpochSecond(seen.getCreated())))
                .toList());
  }

  @Override
  public Optional<String> whyNotInRegistry(String reference, Duration patience) {
    FirstAnswer answer = new FirstAnswer();
    try {
      connection.streams().pullImageCmd(reference).exec(answer);
      return answer.whyNot(patience);
    } finally {
      answer.end();
    }
  }

  @Override
  public List<Volume> volumes(String platform) {
    return connection.ask(
        () -> {
          var volumes =
              connection
                  .calls()
                  .listVolumesCmd()
                  .withFilter("label", List.of(Inspection.PROJECT + "=" + platform))
                  .exec()
                  .getVolumes();
          return volumes == null
              ? List.<Volume>of()
              : volumes.stream()
                  .map(
                      v ->
                          new Volume(v.getName(), v.getLabels() == null ? Map.of() : v.getLabels()))
                  .sorted(Comparator.comparing(Volume::name))
                  .toList();
        });
  }

  @Override
  public Optional<String> publisher(int hostPort) {
    return connection.ask(
        () ->
            connection
                .calls()
                .listContainersCmd()
                .withFilter("publish", List.of(Integer.toString(hostPort)))
                .exec()
                .stream()
                .filter(c -> publishes(c, hostPort))
                .map(c -> c.getNames()[0].replaceFirst("^/", ""))
                .findFirst());
  }

  /** The engine's filter also finds containers that only listen on a port of that number. */
  private static boolean publishes(
      com.github.dockerjava.api.model.Container container, int hostPort) {
    return Arrays.stream(container.getPorts())
        .anyMatch(port -> Integer.valueOf(hostPort).equals(port.getPublicPort()));
  }

  @Override
  public List<String> networks(String platform) {
    return connection.ask(
        () ->
            connection
                .calls()
                .listNetworksCmd()
                .withFilter("label", List.of(Inspection.PROJECT + "=" + platform))
                .exec()
                .stream()
                .map(Network::getName)
                .sorted()
                .toList());
  }

  @Override
  public void start(String containerId) {
    act(() -> connection.calls().startContainerCmd(containerId).exec());
  }

  @Override
  public void stop(String containerId, int patienceSeconds) {
    act(() -> connection.calls().stopContainerCmd(containerId).withTimeout(patienceSeconds).exec());
  }

  @Override
  public void restart(String containerId, int patienceSeconds) {
    act(
        () ->
            connection
                .calls()
                .restartContainerCmd(containerId)
                .withTimeout(patienceSeconds)
                .exec());
  }

  @Override
  public void signal(String containerId, String signal) {
    act(() -> connection.calls().killContainerCmd(containerId).withSignal(signal).exec());
  }

  @Override
  public void pause(String containerId) {
    act(() -> connection.calls().pauseContainerCmd(containerId).exec());
  }

  @Override
  public void unpause(String containerId) {
    act(() -> connection.calls().unpauseContainerCmd(containerId).exec());
  }

  @Override
  public void removeContainer(String containerId) {
    remove(
        () ->
            connection
                .calls()
                .removeContainerCmd(containerId)
                .withForce(true)
                .withRemoveVolumes(true)
                .exec());
  }

  @Override
  public boolean removeTag(String reference) {
    return connection.ask(
        () -> {
          try {
            connection.calls().removeImageCmd(reference).exec();
            return true;
          } catch (NotFoundException e) {
            return true;
          } catch (ConflictException e) {
            return false;
          }
        });
  }

  @Override
  public void removeVolume(String name) {
    remove(() -> connection.calls().removeVolumeCmd(name).exec());
  }

  @Override
  public void removeNetwork(String name) {
    remove(() -> connection.calls().removeNetworkCmd(name).exec());
  }

  /** Acts; that things are already as wanted is no failure. */
  private void act(Runnable action) {
    connection.ask(
        () -> {
          try {
            action.run();
          } catch (NotModifiedException e) {
            // Started or stopped already.
          }
          return null;
        });
  }

  private void remove(Runnable removal) {
    connection.ask(
        () -> {
          try {
            removal.run();
          } catch (NotFoundException e) {
            // Gone already.
          }
          return null;
        });
  }

  private static void await(ResultCallback.Adapter<?> callback) {
    try {
      callback.awaitCompletion();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unable("interrupted while waiting for the Docker Engine").causedBy(e);
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
