package dev.platformkit.lifecycle;

import dev.platformkit.engine.Container;
import dev.platformkit.engine.Engine;
import dev.platformkit.engine.LogLine;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.Platform;
import dev.platformkit.source.Position;
import dev.platformkit.stack.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Turns a service that did not come up into a problem that says what is known, and no more. */
final class Explanation {
  private static final int LAST_LINES = 12;
  private static final int LAST_LINES_WHEN_LATE = 4;
  private static final int LINE_LENGTH = 300;

  private final Engine engine;
  private final Platform platform;

  Explanation(Engine engine, Platform platform) {
    this.engine = engine;
    this.platform = platform;
  }

  /**
   * A container that ended by itself.
   *
   * @param oom whether the kernel ended it for want of memory
   * @param started when this run of it began, if that is known
   */
  record Crash(
      Service service,
      String containerId,
      int exitCode,
      boolean oom,
      Optional<Instant> started,
      Instant ended) {}

  /**
   * The problem of the first crash; others are named.
   *
   * @param intoUp how long {@code up} had been running
   */
  Problem crashed(List<Crash> crashes, Duration intoUp) {
    Crash first = crashes.get(0);
    String service = first.service().name();
    String lived =
        first
            .started()
            .map(
                start ->
                    " "
                        + Amounts.duration(Duration.between(start, first.ended()))
                        + " after it started")
            .orElse("");
    Problem problem =
        Problem.bad(
                "%s stopped%s (%s), %s into up"
                    .formatted(
                        service,
                        lived,
                        first.oom() ? "out of memory" : "exit " + first.exitCode(),
                        Amounts.duration(intoUp)))
            .detail(where(first.service()));
    problem =
        withLastLines(
            problem, first.containerId(), first.started().orElse(Instant.EPOCH), LAST_LINES);
    if (first.oom()) {
      problem = problem.detail("why: " + Ending.of(first.exitCode(), true, first.service()));
    }
    for (Crash other : crashes.subList(1, crashes.size())) {
      problem =
          problem.detail(
              "also stopped: %s (%s)  %s"
                  .formatted(
                      other.service().name(),
                      Ending.of(other.exitCode(), other.oom(), other.service()),
                      where(other.service())));
    }
    return problem
        .tryCommand(command("logs " + service))
        .tryCommand(command("up") + "   once the cause is gone");
  }

  /** A service that was not ready at the deadline, with what it answered last. */
  record Late(Service service, String cause, List<Container> containers) {}

  Problem late(List<Late> late, int all, Duration timeout) {
    Problem problem =
        Problem.bad(
            "%d of %s not ready after %s"
                .formatted(late.size(), Amounts.count(all, "service"), Amounts.duration(timeout)));
    for (Late one : late) {
      problem =
          problem
              .detail(where(one.service()))
              .detail("  waited for: " + expectation(one.service()))
              .detail("  last seen:  " + one.cause());
      for (Container container : one.containers()) {
        problem =
            withLastLines(
                problem,
                container.id(),
                container.started().orElse(Instant.EPOCH),
                LAST_LINES_WHEN_LATE);
      }
    }
    return problem
        .tryCommand(command("logs " + late.get(0).service().name()))
        .tryCommand(command("up --timeout " + timeout.toSeconds() * 2));
  }

  private static String expectation(Service service) {
    return service.ready().expectation();
  }

  private static String where(Service service) {
    Position position = service.position();
    return position.file() + ":" + position.line() + "  service " + service.name();
  }

  private Problem withLastLines(Problem problem, String containerId, Instant since, int count) {
    List<LogLine> lines = engine.logs(containerId, since);
    if (lines.isEmpty()) {
      return problem.detail("it wrote no line");
    }
    Problem told = problem.detail("last lines:");
    for (LogLine line : lines.subList(Math.max(0, lines.size() - count), lines.size())) {
      String text = ReadableLine.of(line.text()).toString();
      told =
          told.detail(
              "  " + (text.length() > LINE_LENGTH ? text.substring(0, LINE_LENGTH) + "…" : text));
    }
    return told;
  }

  private String command(String words) {
    return platform.command(words);
  }
}
