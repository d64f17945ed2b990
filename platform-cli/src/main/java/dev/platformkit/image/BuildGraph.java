package dev.platformkit.image;

import dev.platformkit.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The tasks of a run and what has to wait for what. */
final class BuildGraph {
  private final Map<String, Task> tasks = new LinkedHashMap<>();
  private final Function<String, Optional<Duration>> times;

  /**
   * A graph of tasks; what they need has to be among them.
   *
   * @param times how long a task took the last time
   */
  BuildGraph(List<Task> tasks, Function<String, Optional<Duration>> times) {
    tasks.forEach(task -> this.tasks.put(task.name(), task));
    this.times = times;
    for (Task task : tasks) {
      for (String need : task.needs()) {
        if (!this.tasks.containsKey(need)) {
          throw new IllegalArgumentException(task.name() + " needs " + need + ", which is no task");
        }
      }
    }
  }

  List<Task> tasks() {
    return List.copyOf(tasks.values());
  }

  /** The tasks that can start, those with the longest way to the end first. */
  List<Task> startable(Set<String> started, Set<String> done) {
    Map<String, Duration> ways = new HashMap<>();
    List<Task> startable = new ArrayList<>();
    for (Task task : tasks.values()) {
      if (!started.contains(task.name()) && done.containsAll(task.needs())) {
        startable.add(task);
      }
    }
    startable.sort(Comparator.comparing((Task task) -> wayToTheEnd(task.name(), ways)).reversed());
    return startable;
  }

  /**
   * How long what is left will take: the longest chain of tasks, or all of them shared among the
   * slots, whichever is more. Empty when a task among them was never timed.
   *
   * @param running how long each running task has run
   */
  Optional<Duration> estimate(Set<String> done, Map<String, Duration> running, int slots) {
    Map<String, Duration> left = new HashMap<>();
    for (String name : tasks.keySet()) {
      if (done.contains(name)) {
        left.put(name, Duration.ZERO);
        continue;
      }
      Optional<Duration> known = times.apply(name);
      if (known.isEmpty()) {
        return Optional.empty();
      }
      Duration rest = known.get().minus(running.getOrDefault(name, Duration.ZERO));
      left.put(name, rest.isNegative() ? Duration.ZERO : rest);
    }
    Duration sum = left.values().stream().reduce(Duration.ZERO, Duration::plus);
    Map<String, Duration> ends = new HashMap<>();
    Duration longest =
        tasks.keySet().stream()
            .map(name -> end(name, left, ends))
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    Duration shared = sum.dividedBy(slots);
    return Optional.of(longest.compareTo(shared) > 0 ? longest : shared);
  }

  private Duration end(String name, Map<String, Duration> left, Map<String, Duration> ends) {
    Duration known = ends.get(name);
    if (known == null) {
      known = left.get(name);
      Duration latest = Duration.ZERO;
      for (String need : tasks.get(name).needs()) {
        Duration end = end(need, left, ends);
        latest = end.compareTo(latest) > 0 ? end : latest;
      }
      known = known.plus(latest);
      ends.put(name, known);
    }
    return known;
  }

  private Duration wayToTheEnd(String name, Map<String, Duration> ways) {
    Duration known = ways.get(name);
    if (known == null) {
      Duration longest = Duration.ZERO;
      for (Task task : tasks.values()) {
        if (task.needs().contains(name)) {
          Duration way = wayToTheEnd(task.name(), ways);
          longest = way.compareTo(longest) > 0 ? way : longest;
        }
      }
      known = times.apply(name).orElse(tasks.get(name).guess()).plus(longest);
      ways.put(name, known);
    }
    return known;
  }

  /** Fails when tasks wait for each other. */
  BuildGraph checked() {
    Map<String, Integer> waiting = new HashMap<>();
    tasks.values().forEach(task -> waiting.put(task.name(), task.needs().size()));
    List<String> free = new ArrayList<>();
    waiting.forEach(
        (name, needs) -> {
          if (needs == 0) {
            free.add(name);
          }
        });
    int seen = 0;
    while (seen < free.size()) {
      String done = free.get(seen);
      seen++;
      for (Task task : tasks.values()) {
        if (task.needs().contains(done) && waiting.merge(task.name(), -1, Integer::sum) == 0) {
          free.add(task.name());
        }
      }
    }
    if (seen < tasks.size()) {
      throw Problem.usage("images wait for each other in a circle: " + tasks.keySet());
    }
    return this;
  }
}
