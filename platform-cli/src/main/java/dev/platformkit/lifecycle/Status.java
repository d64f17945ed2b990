package dev.platformkit.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.platformkit.engine.Container;
import dev.platformkit.engine.Container.State;
import dev.platformkit.engine.Engine;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.Platform;
import dev.platformkit.stack.Assembly;
import dev.platformkit.stack.Service;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What every service of a platform does now: those that were assembled, whether or not they have a
 * container, and those that have one and are in no file any more.
 *
 * @param name the platform
 * @param services in the order of the stacks
 * @param leftOut services that exist only as official images, where images are built here
 */
public record Status(String name, List<ServiceStatus> services, List<String> leftOut) {
  /** The stack of a service that no Compose file names any more. */
  public static final String NO_STACK = "none";

  public Status {
    requireNonNull(name, "name is null");
    services = List.copyOf(services);
    leftOut = List.copyOf(leftOut);
  }

  /** Whether every service is ready. */
  public boolean ready() {
    return services.stream().allMatch(ServiceStatus::ready);
  }

  /**
   * Asks the engine, and every service that can be asked, all at once.
   *
   * @throws Problem exit 3 when nothing of the platform is there
   */
  public static Status of(Assembly assembly, Engine engine) {
    return of(assembly, engine, new HttpAsker());
  }

  static Status of(Assembly assembly, Engine engine, Asker asker) {
    String name = assembly.platform().name();
    List<Container> containers = engine.containers(name);
    if (containers.isEmpty() || Ownership.folder(containers, assembly.platform()).isPresent()) {
      throw notRunning(assembly.platform(), containers);
    }
    Judge judge = new Judge(asker);
    ExecutorService threads = Executors.newCachedThreadPool(Threads.daemons("status"));
    try {
      List<CompletableFuture<ServiceStatus>> asked = new ArrayList<>();
      for (Service service : assembly.services()) {
        String stack = assembly.stackOf(service.name()).name();
        List<Container> own = of(service.name(), containers);
        asked.add(CompletableFuture.supplyAsync(() -> judged(judge, service, stack, own), threads));
      }
      List<ServiceStatus> services = new ArrayList<>();
      asked.forEach(future -> services.add(future.join()));
      services.addAll(unknown(assembly, containers));
      return new Status(name, services, assembly.leftOut().stream().map(Service::name).toList());
    } finally {
      threads.shutdownNow();
    }
  }

  /** That this folder has brought no such platform up; whoever else did is named. */
  public static Problem notRunning(Platform platform, Engine engine) {
    return notRunning(platform, engine.containers(platform.name()));
  }

  private static Problem notRunning(Platform platform, List<Container> containers) {
    return Ownership.folder(containers, platform)
        .map(
            other ->
                Problem.unable("\"%s\" is up, but from another folder".formatted(platform.name()))
                    .detail("it belongs to the project in " + other)
                    .tryCommand("platform status -C " + other))
        .orElseGet(() -> notRunning(platform));
  }

  /** That nothing of a platform is there. */
  public static Problem notRunning(Platform platform) {
    return Problem.unable("no platform \"" + platform.name() + "\" is up")
        .tryCommand(platform.command("up"));
  }

  private static ServiceStatus judged(
      Judge judge, Service service, String stack, List<Container> containers) {
    Optional<String> cause = judge.cause(service, containers);
    return new ServiceStatus(
        service.name(),
        stack,
        worst(containers).map(Status::word).orElse("missing"),
        cause.isEmpty(),
        worst(containers).flatMap(Status::since),
        cause);
  }

  private static List<ServiceStatus> unknown(Assembly assembly, List<Container> containers) {
    return containers.stream()
        .filter(c -> assembly.services().stream().noneMatch(s -> s.name().equals(c.service())))
        .map(
            c ->
                new ServiceStatus(
                    c.service(),
                    NO_STACK,
                    word(c),
                    false,
                    since(c),
                    Optional.of("no Compose file of the platform names it any more")))
        .toList();
  }

  static List<Container> of(String service, List<Container> containers) {
    return containers.stream().filter(c -> c.service().equals(service)).toList();
  }

  private static Optional<Container> worst(List<Container> containers) {
    return containers.stream()
        .filter(c -> c.state() != State.RUNNING)
        .findFirst()
        .or(() -> containers.stream().findFirst());
  }

  private static String word(Container container) {
    return container.state().name().toLowerCase(Locale.ROOT);
  }

  private static Optional<Instant> since(Container container) {
    boolean ended = container.state() == State.EXITED || container.state() == State.DEAD;
    return ended ? container.finished() : container.started();
  }
}
