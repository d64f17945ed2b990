package dev.platformkit.lifecycle;

import dev.platformkit.engine.Container;
import dev.platformkit.engine.Container.State;
import dev.platformkit.stack.Readiness;
import dev.platformkit.stack.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One service on its way to ready. An answer counts only for the very run that was asked. */
final class Waiting {
  private static final Duration ASK_EVERY = Duration.ofMillis(100);
  private static final Duration ASK_LATER_EVERY = Duration.ofMillis(300);
  private static final Duration LATER = Duration.ofSeconds(15);

  private final Service service;
  private final Instant begin;
  private List<Container> containers = List.of();
  private String run = "";
  private String askedRun = "";
  private boolean asking;
  private long nextQuestion = System.nanoTime();
  private String cause = "it has no container";
  private Optional<Instant> readyAt = Optional.empty();
  private boolean failed;

  /**
   * A question under way.
   *
   * @param run which run of the service's containers it is about
   */
  record Question(String run, List<Container> containers) {}

  Waiting(Service service, Instant begin) {
    this.service = service;
    this.begin = begin;
  }

  Service service() {
    return service;
  }

  List<Container> containers() {
    return containers;
  }

  String cause() {
    return cause;
  }

  boolean ready() {
    return readyAt.isPresent();
  }

  void fail() {
    failed = true;
  }

  /** Takes what the engine says of its containers now. */
  void update(List<Container> now) {
    containers = now;
    String current =
        now.stream()
            .map(c -> c.id() + c.state() + health(c) + c.started().orElse(Instant.EPOCH))
            .collect(Collectors.joining(" "));
    if (!current.equals(run)) {
      run = current;
      readyAt = Optional.empty();
      nextQuestion = System.nanoTime();
    }
  }

  private String health(Container container) {
    return service.ready() instanceof Readiness.ContainerHealth ? container.health().name() : "";
  }

  /** The question to ask now, if it is time for one. */
  Optional<Question> question() {
    boolean asked = asking && askedRun.equals(run);
    if (ready() || asked || System.nanoTime() - nextQuestion < 0) {
      return Optional.empty();
    }
    asking = true;
    askedRun = run;
    return Optional.of(new Question(run, containers));
  }

  /** Takes the answer to a question; one about a run that is over says nothing. */
  void answered(Question question, Optional<String> why, Instant when) {
    if (!question.run().equals(run)) {
      return;
    }
    asking = false;
    cause = why.orElse("");
    if (why.isEmpty()) {
      readyAt = Optional.of(when);
      return;
    }
    boolean later = Duration.between(begin, when).compareTo(LATER) > 0;
    nextQuestion = System.nanoTime() + (later ? ASK_LATER_EVERY : ASK_EVERY).toNanos();
  }

  /** The end of a container that should run and does not. */
  Optional<Explanation.Crash> stopped() {
    return containers.stream()
        .filter(
            c ->
                c.state() == State.RESTARTING
                    || c.state() == State.DEAD
                    || (c.state() == State.EXITED && !Judge.isDone(service, c)))
        .findFirst()
        .map(
            c ->
                new Explanation.Crash(
                    service,
                    c.id(),
                    c.exitCode(),
                    c.oomKilled(),
                    c.started(),
                    c.finished().orElse(Instant.now())));
  }

  Progress.Cell cell(Instant now) {
    Optional<Instant> started =
        containers.stream()
            .flatMap(c -> c.started().stream())
            .filter(time -> time.isAfter(begin))
            .findFirst();
    Optional<Duration> time = started.map(start -> Duration.between(start, readyAt.orElse(now)));
    return new Progress.Cell(service.name(), mark(), time, "");
  }

  private Progress.Mark mark() {
    if (failed) {
      return Progress.Mark.FAILED;
    }
    if (ready()) {
      return Progress.Mark.READY;
    }
    return containers.stream().anyMatch(c -> c.state() == State.RUNNING)
        ? Progress.Mark.STARTING
        : Progress.Mark.WAITING;
  }
}
