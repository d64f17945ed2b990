package dev.platformkit.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.platformkit.problem.Problem;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A program run as a child of this process, without standard input. When the thread that waits for
 * it is interrupted, the child is ended before the interruption is passed on as a {@link Problem}.
 *
 * @param command program and arguments
 * @param directory where it runs; this process's own folder when empty
 * @param environment variables added to this process's own
 */
public record Subprocess(
    List<String> command, Optional<Path> directory, Map<String, String> environment) {
  private static final int LAST_LINES = 30;
  private static final int SECONDS_TO_END = 10;

  /**
   * How a program ended.
   *
   * @param out everything that it wrote to its standard output
   * @param lastLines the last lines of both its streams, in the order in which they came
   */
  public record Output(int exit, String out, List<String> lastLines) {
    public Output {
      requireNonNull(out, "out is null");
      lastLines = List.copyOf(lastLines);
    }

    public boolean good() {
      return exit == 0;
    }
  }

  public Subprocess {
    command = List.copyOf(command);
    requireNonNull(directory, "directory is null");
    environment = Map.copyOf(environment);
  }

  public static Subprocess of(String... command) {
    return of(List.of(command));
  }

  public static Subprocess of(List<String> command) {
    return new Subprocess(command, Optional.empty(), Map.of());
  }

  public Subprocess in(Path folder) {
    return new Subprocess(command, Optional.of(folder), environment);
  }

  public Subprocess with(String variable, String value) {
    return with(Map.of(variable, value));
  }

  public Subprocess with(Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(variables);
    return new Subprocess(command, directory, all);
  }

  /** Runs to the end and keeps what it wrote. */
  public Output run() {
    StringBuilder out = new StringBuilder();
    Deque<String> last = new ArrayDeque<>();
    int exit =
        run(
            line -> {
              out.append(line).append('\n');
              keep(last, line);
            },
            line -> keep(last, line));
    synchronized (last) {
      return new Output(exit, out.toString(), List.copyOf(last));
    }
  }

  /**
   * Runs to the end and hands over every line as it comes, each stream on a thread of its own.
   *
   * @return the exit code
   * @throws Problem exit 3 when the program cannot be started
   */
  public int run(Consumer<String> out, Consumer<String> err) {
    Process process = start();
    CompletableFuture<Void> outRead = read(process.getInputStream(), out);
    CompletableFuture<Void> errRead = read(process.getErrorStream(), err);
    try {
      int exit = process.waitFor();
      outRead.join();
      errRead.join();
      return exit;
    } catch (InterruptedException e) {
      end(process);
      Thread.currentThread().interrupt();
      throw Problem.unable("interrupted while " + command.get(0) + " ran").causedBy(e);
    }
  }

  private Process start() {
    ProcessBuilder builder = new ProcessBuilder(command);
    directory.ifPresent(folder -> builder.directory(folder.toFile()));
    builder.environment().putAll(environment);
    builder.redirectInput(new File("/dev/null"));
    try {
      return builder.start();
    } catch (IOException e) {
      throw Problem.unable("cannot run " + command.get(0) + ": " + e.getMessage()).causedBy(e);
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException again) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static CompletableFuture<Void> read(InputStream stream, Consumer<String> lines) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader text = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
                for (String line = text.readLine(); line != null; line = text.readLine()) {
                  lines.accept(line);
                }
                done.complete(null);
              } catch (IOException e) {
                done.completeExceptionally(new UncheckedIOException(e));
              } catch (RuntimeException e) {
                done.completeExceptionally(e);
              }
            },
            "output of " + Thread.currentThread().getName());
    reader.setDaemon(true);
    reader.start();
    return done;
  }

  private static void keep(Deque<String> last, String line) {
    synchronized (last) {
      last.addLast(line);
      if (last.size() > LAST_LINES) {
        last.removeFirst();
      }
    }
  }
}
