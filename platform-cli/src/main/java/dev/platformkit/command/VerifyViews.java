package dev.platformkit.command;

import dev.platformkit.command.OutputOptions.Format;
import dev.platformkit.problem.ExitCode;
import dev.platformkit.problem.Problem;
import dev.platformkit.report.CompareJson;
import dev.platformkit.report.CompareText;
import dev.platformkit.report.VerifyJson;
import dev.platformkit.report.VerifyJunit;
import dev.platformkit.report.VerifyText;
import dev.platformkit.report.html.VerifyHtml;
import dev.platformkit.terminal.Console;
import dev.platformkit.verify.Comparison;
import dev.platformkit.verify.Evidence;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** What else than one new run may be asked of verify; one of them at a time. */
final class VerifyViews {
  private static final Format[] FORMS = {Format.TEXT, Format.JSON, Format.JUNIT, Format.HTML};

  @Option(
      names = "--report",
      paramLabel = "RUN",
      description =
          "Show a kept run, without an engine: its name or the beginning of it, last, previous, or"
              + " a file.")
  private String report;

  @Option(
      names = "--compare",
      paramLabel = "RUN",
      arity = "2",
      description =
          "Say what changed between two kept runs, without an engine; exit 1 where a check is worse"
              + " in the second.")
  private List<String> compare;

  @Option(
      names = "--watch",
      paramLabel = "SECONDS",
      arity = "0..1",
      fallbackValue = "10",
      description =
          "Verify until Ctrl-C, with that many seconds (${FALLBACK-VALUE} where none are given)"
              + " between runs; say what changed, exit as the last run.")
  private Integer watch;

  /** Whether something is asked of runs that are over, so that no platform is needed. */
  boolean isOfKeptRuns() {
    return report != null || compare != null;
  }

  /** Shows a run, or what changed between two. */
  int show(Console console, OutputOptions output, KeptRuns runs) {
    if (report != null) {
      Format format = output.format(FORMS);
      KeptRuns.Kept run = runs.named(report);
      output.write(console, form(format, console, run.evidence(), runs.shown(run.file())));
      return ExitCode.GOOD.code();
    }
    if (compare.size() != 2) {
      throw Problem.usage("--compare takes two runs, and was given " + compare.size());
    }
    Format format = output.format(Format.TEXT, Format.JSON);
    Comparison comparison =
        Comparison.of(runs.named(compare.get(0)).evidence(), runs.named(compare.get(1)).evidence());
    output.write(
        console,
        format == Format.JSON
            ? CompareJson.of(comparison)
            : new CompareText(console).of(comparison));
    return (comparison.isWorse() ? ExitCode.BAD : ExitCode.GOOD).code();
  }

  /** Refuses a form that what is asked for cannot have, before anything is done. */
  void refuseForm(OutputOptions output) {
    output.format(watch == null ? FORMS : new Format[] {Format.TEXT});
    if (watch != null && watch < 1) {
      throw Problem.usage("--watch " + watch + " is not a number of seconds from 1");
    }
  }

  /** Verifies once, or until somebody ends it. */
  int run(Console console, OutputOptions output, KeptRuns runs, Supplier<Evidence> verify) {
    if (watch != null) {
      return new Watch(console, runs, verify).every(Duration.ofSeconds(watch));
    }
    Evidence evidence = verify.get();
    Format format = output.format(FORMS);
    String hint = format == Format.TEXT ? runs.hint(evidence) : "";
    output.write(console, form(format, console, evidence, runs.shown(evidence)) + hint);
    output.inFile().ifPresent(file -> console.err().println(inShort(console, evidence, file)));
    return Verification.exitCode(evidence.verdict());
  }

  /** What somebody has to be told whose result went into a file. */
  private static String inShort(Console console, Evidence evidence, Path file) {
    return new VerifyText(console).inShort(evidence) + " " + file;
  }

  /** A run in a form. */
  private static String form(Format format, Console console, Evidence evidence, String kept) {
    return switch (format) {
      case JSON -> VerifyJson.of(evidence);
      case JUNIT -> VerifyJunit.of(evidence);
      case HTML -> VerifyHtml.of(evidence);
      case SARIF -> throw new IllegalStateException("format() refuses it");
      case TEXT -> new VerifyText(console).of(evidence, kept);
    };
  }
}
