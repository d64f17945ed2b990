package dev.platformkit.lifecycle;

import dev.platformkit.engine.Container;
import dev.platformkit.engine.ContainerEvent;
import dev.platformkit.engine.EngineControl;
import dev.platformkit.problem.Problem;
import dev.platformkit.stack.Assembly;
import dev.platformkit.stack.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The time from the first container to the last one ready. One thread sees everything as a queue of
 * signals: what the engine tells of containers, what services answer, that starting them is done.
 * It ends when all are ready, when one ends by itself, or at the deadline.
 */
final class Startup {
  private static final Duration SNAPSHOT_AT_MOST_EVERY = Duration.ofMillis(150);
  private static final Duration TICK = Duration.ofMillis(100);

  private final EngineControl engine;
  private final Assembly assembly;
  private final Judge judge;
  private final Progress.Listener listener;
  private final Duration timeout;

  private final BlockingQueue<Runnable> signals = new LinkedBlockingQueue<>();
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private final CrashWatch crashes;
  private final long begin = System.nanoTime();
  private boolean stale = true;
  private long lastSnapshot;
  private Optional<Optional<RuntimeException>> started = Optional.empty();

  /**
   * @param wanted services to wait for
   * @param timeout for how long
   */
  Startup(
      EngineControl engine,
      Assembly assembly,
      List<Service> wanted,
      Asker asker,
      Progress.Listener listener,
      Duration timeout) {
    this.engine = engine;
    this.assembly = assembly;
    this.judge = new Judge(asker);
    this.listener = listener;
    this.timeout = timeout;
    Instant now = Instant.now();
    wanted.forEach(service -> waiting.put(service.name(), new Waiting(service, now)));
    this.crashes = new CrashWatch(wanted);
  }

  /**
   * Starts containers and waits until every service is ready.
   *
   * @param starter creates and starts containers, and returns when that is done
   * @return the containers of all that were waited for
   * @throws Problem exit 1 when a container ended by itself or the deadline passed
   */
  @SuppressWarnings("try") // the watch is only there to be closed
  List<Container> run(Runnable starter) {
    String platform = assembly.platform().name();
    ExecutorService threads = Executors.newCachedThreadPool(Threads.daemons("up"));
    try (AutoCloseable watch = engine.watch(platform, this::happened)) {
      threads.execute(() -> start(starter));
      while (!step(threads)) {
        await();
      }
      return waiting.values().stream().flatMap(w -> w.containers().stream()).toList();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw Problem.unable("the engine's events could not be followed: " + e).causedBy(e);
    } finally {
      threads.shutdownNow();
    }
  }

  private void start(Runnable starter) {
    Optional<RuntimeException> failure = Optional.empty();
    try {
      starter.run();
    } catch (RuntimeException e) {
      failure = Optional.of(e);
    }
    Optional<RuntimeException> end = failure;
    signals.add(
        () -> {
          started = Optional.of(end);
          stale = true;
        });
  }

  private void happened(ContainerEvent event) {
    signals.add(
        () -> {
          stale = true;
          crashes.saw(event);
        });
  }

  private void await() {
    try {
      Runnable signal = signals.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
      while (signal != null) {
        signal.run();
        signal = signals.poll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unable("interrupted while waiting; containers stay as they are").causedBy(e);
    }
  }

  /** Looks, asks, shows, judges; true when all is done. */
  private boolean step(ExecutorService threads) {
    boolean fresh = refresh();
    ask(threads);
    listener.show(progress());
    failOnCrash();
    if (started.isPresent() && fresh) {
      if (started.get().isPresent()) {
        throw started.get().get();
      }
      failOnStopped();
      if (waiting.values().stream().allMatch(Waiting::ready)) {
        return true;
      }
    }
    if (elapsed().compareTo(timeout) > 0) {
      throw late();
    }
    return false;
  }

  /** Whether what we know of the containers is newer than the last that happened to them. */
  private boolean refresh() {
    if (!stale) {
      return true;
    }
    if (System.nanoTime() - lastSnapshot < SNAPSHOT_AT_MOST_EVERY.toNanos()) {
      return false;
    }
    stale = false;
    lastSnapshot = System.nanoTime();
    List<Container> containers = engine.containers(assembly.platform().name());
    waiting.values().forEach(w -> w.update(Status.of(w.service().name(), containers)));
    crashes.update(containers);
    return true;
  }

  private void ask(ExecutorService threads) {
    for (Waiting one : waiting.values()) {
      one.question()
          .ifPresent(
              question ->
                  threads.execute(
                      () -> {
                        Optional<String> cause = judge.cause(one.service(), question.containers());
                        Instant now = Instant.now();
                        signals.add(() -> one.answered(question, cause, now));
                      }));
    }
  }

  private void failOnCrash() {
    List<Explanation.Crash> seen = crashes.seen();
    if (seen.isEmpty()) {
      return;
    }
    seen.forEach(crash -> waiting.get(crash.service().name()).fail());
    listener.show(progress());
    throw explanation().crashed(seen, elapsed());
  }

  /** What stopped without an event that we saw: in a crash loop from before, or killed by hand. */
  private void failOnStopped() {
    List<Explanation.Crash> stopped = new ArrayList<>();
    for (Waiting one : waiting.values()) {
      one.stopped().ifPresent(stopped::add);
    }
    if (!stopped.isEmpty()) {
      stopped.forEach(crash -> waiting.get(crash.service().name()).fail());
      listener.show(progress());
      throw explanation().crashed(stopped, elapsed());
    }
  }

  private Problem late() {
    List<Explanation.Late> late =
        waiting.values().stream()
            .filter(one -> !one.ready())
            .map(one -> new Explanation.Late(one.service(), one.cause(), one.containers()))
            .toList();
    return explanation().late(late, waiting.size(), timeout);
  }

  private Explanation explanation() {
    return new Explanation(engine, assembly.platform());
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private Progress progress() {
    Instant now = Instant.now();
    List<Progress.Row> rows = new ArrayList<>();
    assembly
        .stacks()
        .forEach(
            stack -> {
              List<Progress.Cell> cells = new ArrayList<>();
              stack
                  .services()
                  .forEach(
                      service -> {
                        if (waiting.containsKey(service.name())) {
                          cells.add(waiting.get(service.name()).cell(now));
                        } else if (assembly.leftOut().contains(service)) {
                          cells.add(leftOut(service));
                        }
                      });
              if (!cells.isEmpty()) {
                rows.add(new Progress.Row(stack.name(), cells));
              }
            });
    return new Progress(elapsed(), rows);
  }

  private static Progress.Cell leftOut(Service service) {
    return new Progress.Cell(
        service.name(),
        Progress.Mark.LEFT_OUT,
        Optional.empty(),
        "left out: it exists only as an official image, and images are built here");
  }
}
