package dev.platformkit.image;

import static java.util.Objects.requireNonNull;

import dev.platformkit.terminal.Console;
import dev.platformkit.terminal.Took;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells how a run of builds goes. On a terminal it is one line that is drawn again and again;
 * elsewhere it is a line for each start and each end.
 */
final class BuildProgress implements AutoCloseable {
  private static final String LABEL = "  images      ";
  private static final String CLEAR_LINE = "\r\033[K";
  private static final String SYMBOLS_AND_COLOURS = "\033\\[[0-9;]*m";
  private static final long REDRAW_MILLIS = 250;

  private final Console console;
  private final BuildGraph graph;
  private final int alreadyThere;
  private final int slots;
  private final Supplier<Instant> clock;
  private final Map<String, Instant> running = new LinkedHashMap<>();
  private final Map<String, String> steps = new HashMap<>();
  private final Set<String> done = new LinkedHashSet<>();
  private final ScheduledExecutorService redraw;

  /**
   * Starts telling.
   *
   * @param alreadyThere how many images did not have to be made
   * @param slots how many tasks run at once
   */
  BuildProgress(
      Console console, BuildGraph graph, int alreadyThere, int slots, Supplier<Instant> clock) {
    this.console = requireNonNull(console, "console is null");
    this.graph = requireNonNull(graph, "graph is null");
    this.alreadyThere = alreadyThere;
    this.slots = slots;
    this.clock = requireNonNull(clock, "clock is null");
    this.redraw =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "progress of images");
              thread.setDaemon(true);
              return thread;
            });
    if (console.interactive()) {
      var unused = redraw.scheduleAtFixedRate(this::draw, 0, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  synchronized void started(String task) {
    running.put(task, clock.get());
    if (!console.interactive()) {
      println(LABEL + console.busy() + " " + task);
    }
  }

  synchronized void step(String task, String step) {
    steps.put(task, step);
  }

  synchronized void finished(String task) {
    Duration took = took(task);
    running.remove(task);
    done.add(task);
    if (!console.interactive()) {
      println(LABEL + console.good() + " " + task + " " + Took.words(took) + "   " + left());
    }
  }

  synchronized void failed(String task) {
    Duration took = took(task);
    running.remove(task);
    if (console.interactive()) {
      console.err().print(CLEAR_LINE);
    }
    println(LABEL + console.bad() + " " + task + " " + Took.words(took));
  }

  @Override
  public synchronized void close() {
    redraw.shutdownNow();
    if (console.interactive()) {
      console.err().print(CLEAR_LINE);
      console.err().flush();
    }
  }

  private synchronized void draw() {
    if (!redraw.isShutdown()) {
      console.err().print(CLEAR_LINE + line());
      console.err().flush();
    }
  }

  /** The whole state in one line, never wider than the terminal; what is left is always in it. */
  synchronized String line() {
    String end = "   " + left();
    StringBuilder text = new StringBuilder(LABEL);
    text.append(console.good()).append(' ').append(ready()).append(" ready");
    for (String task : running.keySet()) {
      String step = steps.containsKey(task) ? " (" + steps.get(task) + ")" : "";
      String item = "   " + console.busy() + " " + task + " " + Took.words(took(task)) + step;
      if (shown(text) + shownLength(item) + end.length() < console.width()) {
        text.append(item);
      }
    }
    return text.append(end).toString();
  }

  private static int shown(StringBuilder text) {
    return shownLength(text.toString());
  }

  private static int shownLength(String text) {
    return text.replaceAll(SYMBOLS_AND_COLOURS, "").length();
  }

  private int ready() {
    return alreadyThere
        + (int) graph.tasks().stream().filter(t -> t.counts() && done.contains(t.name())).count();
  }

  private String left() {
    long left = graph.tasks().stream().filter(t -> t.counts() && !done.contains(t.name())).count();
    Map<String, Duration> elapsed = new HashMap<>();
    running.keySet().forEach(task -> elapsed.put(task, took(task)));
    return left
        + " to go"
        + graph
            .estimate(done, elapsed, slots)
            .filter(rest -> left > 0)
            .map(rest -> ", " + Took.about(rest))
            .orElse("");
  }

  private Duration took(String task) {
    return Duration.between(running.getOrDefault(task, clock.get()), clock.get());
  }

  private void println(String line) {
    PrintWriter err = console.err();
    err.println(line);
    err.flush();
  }
}
