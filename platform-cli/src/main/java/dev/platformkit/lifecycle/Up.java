package dev.platformkit.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.platformkit.engine.Container;
import dev.platformkit.engine.Container.State;
import dev.platformkit.engine.EngineControl;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.Platform;
import dev.platformkit.stack.Assembly;
import dev.platformkit.stack.Service;
import dev.platformkit.stack.Variables;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Brings an assembled platform up, and back up: what is missing is created, what stopped is
 * started, what is paused goes on, what mounts changed files is restarted, and what is well is left
 * alone.
 */
public final class Up {
  private static final Duration MEMORY_WITHIN = Duration.ofMillis(1500);

  private final EngineControl engine;
  private final Assembly assembly;
  private final List<Service> wanted;
  private final Consumer<String> composeWords;

  /**
   * How it went.
   *
   * @param services how many were waited for, all of them ready
   * @param started services whose containers were started now
   * @param restarted of these, those restarted for a mounted file that changed, and the file
   * @param reloaded what has read its files again, and which of them changed
   * @param memory resident memory of the whole platform, where the engine told it in time
   * @param containers those of the services that were waited for
   */
  public record Outcome(
      Duration took,
      int services,
      List<String> started,
      Map<String, String> restarted,
      Map<String, String> reloaded,
      Optional<Long> memory,
      List<Container> containers) {
    public Outcome {
      requireNonNull(took, "took is null");
      started = List.copyOf(started);
      restarted = new TreeMap<>(restarted);
      reloaded = new TreeMap<>(reloaded);
      requireNonNull(memory, "memory is null");
      containers = List.copyOf(containers);
    }
  }

  /**
   * @param wanted services to see to; others of the assembly stay as they are
   * @param composeWords takes what Compose says
   */
  public Up(
      EngineControl engine,
      Assembly assembly,
      List<Service> wanted,
      Consumer<String> composeWords) {
    this.engine = requireNonNull(engine, "engine is null");
    this.assembly = requireNonNull(assembly, "assembly is null");
    this.wanted = List.copyOf(wanted);
    this.composeWords = requireNonNull(composeWords, "composeWords is null");
  }

  /**
   * Refuses to touch a platform of the same name that belongs to another folder.
   *
   * @param containers every container of that name
   * @throws Problem exit 3
   */
  public static void requireOurs(
      Platform platform, List<Container> containers, EngineControl engine) {
    Ownership ownership = Ownership.of(platform, containers, engine);
    if (!ownership.ours()) {
      throw ownership.problem();
    }
  }

  /**
   * Starts and waits.
   *
   * @param before every container of the platform as it was before it was healed
   * @param variables as they are now that everything is written
   * @param onTakenPort tells who holds a port, once the engine said that one is taken
   * @throws Problem exit 1 when a service ends by itself or is not ready in time
   */
  public Outcome run(
      List<Container> before,
      Variables variables,
      Duration timeout,
      Progress.Listener listener,
      Runnable onTakenPort) {
    ComposeUp compose = new ComposeUp(assembly, wanted, composeWords, onTakenPort);
    HttpAsker http = new HttpAsker();
    return run(before, variables, timeout, listener, compose::run, http, http);
  }

  Outcome run(
      List<Container> before,
      Variables variables,
      Duration timeout,
      Progress.Listener listener,
      Runnable starter,
      Asker asker,
      Reloader reloader) {
    long begin = System.nanoTime();
    LoadedContent content = new LoadedContent(assembly, variables);
    Outdated outdated = new Outdated(engine, reloader, wanted);
    Optional<CompletableFuture<Map<String, Long>>> early =
        runsAlready(before) ? Optional.of(memory()) : Optional.empty();
    List<Container> after;
    try {
      after =
          new Startup(engine, assembly, wanted, asker, listener, timeout)
              .run(
                  () -> {
                    starter.run();
                    outdated.refresh(sameRuns(before), content);
                  });
    } catch (Problem e) {
      List<Container> left = ofWanted(engine.containers(assembly.platform().name()));
      content.remember(outdated.without(left));
      throw e;
    }
    content.remember(after);
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    return new Outcome(
        took,
        wanted.size(),
        List.copyOf(newRuns(before, after)),
        outdated.restarted(),
        outdated.reloaded(),
        sum(early.orElseGet(this::memory)),
        after);
  }

  private boolean runsAlready(List<Container> before) {
    return ofWanted(before).stream().filter(c -> c.state() == State.RUNNING).count()
        >= wanted.size();
  }

  /**
   * Lets go on what is paused, which Compose cannot start, and removes what restarts again and
   * again, whose next run Compose would wait out, and whose ports come and go.
   *
   * @param before every container of the platform as it is now
   */
  public void heal(List<Container> before) {
    forEach(
        ofWanted(before),
        container -> {
          switch (container.state()) {
            case PAUSED -> engine.unpause(container.id());
            case RESTARTING, DEAD -> engine.removeContainer(container.id());
            case CREATED, RUNNING, REMOVING, EXITED -> {}
          }
        });
  }

  private List<Container> ofWanted(List<Container> containers) {
    return containers.stream()
        .filter(c -> wanted.stream().anyMatch(w -> w.name().equals(c.service())))
        .toList();
  }

  /** Those of the wanted that Compose has left as they were. */
  private List<Container> sameRuns(List<Container> before) {
    return ofWanted(engine.containers(assembly.platform().name())).stream()
        .filter(container -> sameRun(container, before))
        .toList();
  }

  private static boolean sameRun(Container container, List<Container> before) {
    return before.stream()
        .anyMatch(c -> c.id().equals(container.id()) && c.started().equals(container.started()));
  }

  private static Set<String> newRuns(List<Container> before, List<Container> after) {
    Set<String> services = new TreeSet<>();
    for (Container container : after) {
      boolean unpaused =
          before.stream().anyMatch(c -> c.id().equals(container.id()) && c.state() == State.PAUSED);
      if (unpaused || !sameRun(container, before)) {
        services.add(container.service());
      }
    }
    return services;
  }

  private CompletableFuture<Map<String, Long>> memory() {
    CompletableFuture<Map<String, Long>> memory = new CompletableFuture<>();
    Threads.daemons("memory")
        .newThread(
            () -> {
              try {
                memory.complete(engine.residentMemory(assembly.platform().name()));
              } catch (RuntimeException e) {
                memory.completeExceptionally(e);
              }
            })
        .start();
    return memory;
  }

  /** The sum, unless it takes longer than a person should wait for it. */
  private static Optional<Long> sum(CompletableFuture<Map<String, Long>> memory) {
    try {
      return Optional.of(
          memory.get(MEMORY_WITHIN.toMillis(), TimeUnit.MILLISECONDS).values().stream()
              .mapToLong(Long::longValue)
              .sum());
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  static <T> void forEach(List<T> items, Consumer<T> action) {
    if (items.isEmpty()) {
      return;
    }
    ExecutorService threads = Executors.newFixedThreadPool(items.size(), Threads.daemons("act"));
    try {
      List<CompletableFuture<Void>> running =
          items.stream()
              .map(item -> CompletableFuture.runAsync(() -> action.accept(item), threads))
              .toList();
      for (CompletableFuture<Void> one : running) {
        join(one);
      }
    } finally {
      threads.shutdown();
    }
  }

  private static void join(CompletableFuture<Void> one) {
    try {
      one.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Problem problem) {
        throw problem;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unable("interrupted").causedBy(e);
    }
  }
}
