package dev.platformkit.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.platformkit.problem.Problem;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs the tasks of a graph, as many at once as there are slots, each with a log file of its own.
 * The first failure ends what still runs, and is told with the last lines of the step that failed.
 */
final class BuildRun {
  private static final int KEPT_LINES = 200;
  private static final int SECONDS_TO_END = 30;

  private final BuildGraph graph;
  private final BuildTimes times;
  private final Path logs;
  private final int slots;

  BuildRun(BuildGraph graph, BuildTimes times, Path logs, int slots) {
    this.graph = requireNonNull(graph, "graph is null");
    this.times = requireNonNull(times, "times is null");
    this.logs = requireNonNull(logs, "logs is null");
    this.slots = slots;
  }

  /** How a task ended: with nothing, or with what went wrong. */
  private record End(Task task, RuntimeException failure) {}

  /** Runs all tasks to their end, or throws the first problem. */
  void run(BuildProgress progress) {
    Set<String> started = new HashSet<>();
    Set<String> done = new HashSet<>();
    BlockingQueue<End> ends = new LinkedBlockingQueue<>();
    ExecutorService threads = Executors.newFixedThreadPool(slots);
    try {
      Files.createDirectories(logs);
      while (done.size() < graph.tasks().size()) {
        for (Task task : graph.startable(started, done)) {
          if (started.size() - done.size() >= slots) {
            break;
          }
          started.add(task.name());
          progress.started(task.name());
          threads.execute(() -> ends.add(run(task, progress)));
        }
        End end = ends.take();
        if (end.failure() != null) {
          progress.failed(end.task().name());
          throw end.failure();
        }
        progress.finished(end.task().name());
        done.add(end.task().name());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unable("interrupted while images were built").causedBy(e);
    } catch (IOException e) {
      throw Problem.unable("cannot write the logs of builds: " + e).causedBy(e);
    } finally {
      end(threads);
    }
  }

  private End run(Task task, BuildProgress progress) {
    Path file = logs.resolve(task.name() + ".log");
    Deque<String> last = new ArrayDeque<>();
    long start = System.nanoTime();
    try (BufferedWriter writer = Files.newBufferedWriter(file, UTF_8)) {
      boolean worked =
          task.work().run(keeping(writer, last), step -> progress.step(task.name(), step));
      if (worked) {
        times.took(task.name(), Duration.ofNanos(System.nanoTime() - start));
      }
      return new End(task, null);
    } catch (Problem e) {
      return new End(task, withLog(e, file, last));
    } catch (IOException e) {
      return new End(task, Problem.unable("cannot write " + file + ": " + e).causedBy(e));
    } catch (RuntimeException e) {
      return new End(task, e);
    }
  }

  private static Consumer<String> keeping(BufferedWriter writer, Deque<String> last) {
    return line -> {
      synchronized (last) {
        last.addLast(line);
        if (last.size() > KEPT_LINES) {
          last.removeFirst();
        }
        try {
          writer.write(line);
          writer.newLine();
          writer.flush();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  private static Problem withLog(Problem problem, Path file, Deque<String> last) {
    List<String> lines;
    synchronized (last) {
      lines = FailedStep.lines(List.copyOf(last));
    }
    Problem told = problem;
    if (!lines.isEmpty()) {
      told = told.detail("last lines of the step that failed:");
    }
    for (String line : lines) {
      told = told.detail("  " + line);
    }
    return told.detail("whole log: " + file);
  }

  /** Ends what still runs and waits for it, so that nothing works on after we have answered. */
  private static void end(ExecutorService threads) {
    threads.shutdownNow();
    try {
      var unused = threads.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
