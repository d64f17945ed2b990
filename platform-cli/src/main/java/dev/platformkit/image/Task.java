package dev.platformkit.image;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * One piece of the work that makes images be there.
 *
 * @param name unique among the tasks of a run; also the name of its log file
 * @param needs names of tasks that have to be done before
 * @param counts whether it makes an image, and not only something for one
 * @param guess how long it is taken to last while it was never timed
 * @param work what is done; it throws a problem when it fails
 */
record Task(String name, List<String> needs, boolean counts, Duration guess, Work work) {
  /** The guess for what is fetched, copied or packed. */
  static final Duration SHORT = Duration.ofSeconds(20);

  /** The guess for a program that is compiled with all that it depends on. */
  static final Duration LONG = Duration.ofMinutes(3);

  /** What a task does. */
  interface Work {
    /**
     * Does it.
     *
     * @param log takes every line that it says
     * @param step is told what it is at
     * @return whether anything had to be done
     */
    boolean run(Consumer<String> log, Consumer<String> step);
  }

  Task {
    requireNonNull(name, "name is null");
    needs = List.copyOf(needs);
    requireNonNull(guess, "guess is null");
    requireNonNull(work, "work is null");
  }
}
