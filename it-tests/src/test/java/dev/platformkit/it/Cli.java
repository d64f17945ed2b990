package dev.platformkit.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The command line as a user types it: a process of its own, judged by what it prints. */
final class Cli {
  /** The repository that these tests stand in. */
  static final Path ROOT =
      Path.of(System.getProperty("platform.root")).toAbsolutePath().normalize();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration DEADLINE = Duration.ofMinutes(40);

  private final Path directory;
  private final Map<String, String> environment;

  private Cli(Path directory, Map<String, String> environment) {
    this.directory = directory;
    this.environment = Map.copyOf(environment);
  }

  /** The command line as run in a folder. */
  static Cli in(Path directory) {
    return new Cli(directory, Map.of());
  }

  Cli with(String variable, String value) {
    Map<String, String> all = new HashMap<>(environment);
    all.put(variable, value);
    return new Cli(directory, all);
  }

  /** The command line of this repository, run on its platform of a name. */
  static Result platform(String name, String... args) {
    String[] named = Arrays.copyOf(args, args.length + 2);
    named[args.length] = "--name";
    named[args.length + 1] = name;
    return in(ROOT).run(named);
  }

  /** Runs {@code platform ARGS} without a terminal and without standard input. */
  Result run(String... args) {
    return program(ROOT.resolve("platform"), args);
  }

  /** Runs a program in the same way. */
  Result program(Path program, String... args) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(args));
    return execute(command);
  }

  private Result execute(List<String> command) {
    long start = System.nanoTime();
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      CompletableFuture<String> out = read(process.getInputStream());
      CompletableFuture<String> err = read(process.getErrorStream());
      if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            String.join(" ", command) + " did not end in " + DEADLINE + "\n" + err.join());
      }
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      return new Result(command, process.exitValue(), out.join(), err.join(), took);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + command, e);
    }
  }

  private static CompletableFuture<String> read(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  /** How a run ended and what it printed. */
  record Result(List<String> command, int exit, String out, String err, Duration took) {
    /** Standard output as JSON. */
    JsonNode json() {
      try {
        return JSON.readTree(out);
      } catch (JsonProcessingException e) {
        throw new AssertionError("not JSON: " + this, e);
      }
    }

    @Override
    public String toString() {
      return "$ %s\nexit %d after %s\n--- stdout\n%s\n--- stderr\n%s"
          .formatted(String.join(" ", command), exit, took, out, err);
    }
  }
}
