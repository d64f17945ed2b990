package dev.platformkit.command;

import dev.platformkit.engine.DockerEngine;
import dev.platformkit.engine.Engine;
import dev.platformkit.engine.LogLine;
import dev.platformkit.lifecycle.Logs;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.Platform;
import dev.platformkit.report.LogText;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what the containers wrote, as the engine kept it. */
@Command(
    name = "logs",
    description = {
      "Prints what the containers wrote, in the order of time.",
      "It asks the engine itself, so it shows also what never reached the log store.",
      "Only --rejected asks the store: for what it did not take."
    },
    mixinStandardHelpOptions = true)
final class LogsCommand implements Runnable {
  private static final int USUAL_LINES = 200;

  @Mixin private GlobalOptions global;

  @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "Services; all by default.")
  private List<String> services = new ArrayList<>();

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what is written from now on.")
  private boolean follow;

  @Option(
      names = "--trace",
      paramLabel = "ID",
      description = "Only lines that hold this trace id, of all time.")
  private String trace;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "From then on: how long ago (90s, 15m, 2h, 1d), or 2026-01-31T12:00:00Z.")
  private String since;

  @Option(
      names = {"-n", "--tail"},
      paramLabel = "LINES",
      description = "Only the last of them; 200 where neither --since nor --trace is given.")
  private Integer tail;

  @Option(names = "--raw", description = "Lines as they were written, JSON included.")
  private boolean raw;

  @Option(
      names = "--rejected",
      description = "What Elasticsearch refused and keeps apart, with the reason.")
  private boolean rejected;

  @Override
  public void run() {
    Platform platform = global.platform();
    if (tail != null && tail < 0) {
      throw Problem.usage("-n " + tail + " is not a number of lines");
    }
    if (rejected && (follow || raw || trace != null || since != null)) {
      throw Problem.usage("--rejected goes with services and --tail only");
    }
    try (Engine engine = DockerEngine.connect()) {
      if (rejected) {
        new RejectedLines(global.console())
            .print(engine, platform, services, tail == null ? USUAL_LINES : tail);
        return;
      }
      Logs logs = Logs.of(engine, platform, services);
      LogText text = new LogText(global.console(), logs.sourceWidth(), raw);
      PrintWriter out = global.console().out();
      Instant now = Instant.now();
      List<Logs.Entry> past = past(logs);
      for (Logs.Entry entry : past) {
        out.println(text.of(entry));
        if (out.checkError()) {
          return; // whoever read us has gone, as head does
        }
      }
      if (follow) {
        logs.follow(
            past.isEmpty() ? now : past.get(past.size() - 1).line().time().plusNanos(1),
            wanted(),
            entry -> {
              out.println(text.of(entry));
              return !out.checkError();
            });
      }
    }
  }

  private List<Logs.Entry> past(Logs logs) {
    if (since == null && trace == null) {
      return logs.last(tail == null ? USUAL_LINES : tail);
    }
    List<Logs.Entry> entries = logs.since(since == null ? Instant.EPOCH : time(since), wanted());
    int from = tail == null ? 0 : Math.max(0, entries.size() - tail);
    return entries.subList(from, entries.size());
  }

  private Predicate<LogLine> wanted() {
    return trace == null ? line -> true : line -> line.text().contains(trace);
  }

  private static Instant time(String text) {
    String ago = text.toUpperCase(Locale.ROOT);
    try {
      if (ago.matches("\\d+[SMH]")) {
        return Instant.now().minus(Duration.parse("PT" + ago));
      }
      return ago.matches("\\d+D")
          ? Instant.now().minus(Duration.parse("P" + ago))
          : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw Problem.usage("--since \"" + text + "\" is no time")
          .detail("how long ago: 90s, 15m, 2h, 1d; or when: 2026-01-31T12:00:00Z")
          .causedBy(e);
    }
  }
}
