package dev.platformkit.command;

import dev.platformkit.check.Check;
import dev.platformkit.check.Judge;
import dev.platformkit.check.Judgement;
import dev.platformkit.check.Registry;
import dev.platformkit.check.WorkspaceReader;
import dev.platformkit.command.OutputOptions.Format;
import dev.platformkit.problem.ExitCode;
import dev.platformkit.problem.Nearest;
import dev.platformkit.problem.Problem;
import dev.platformkit.report.findings.FindingsJson;
import dev.platformkit.report.findings.FindingsJunit;
import dev.platformkit.report.findings.FindingsSarif;
import dev.platformkit.report.findings.FindingsText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges configuration by its files alone. */
@Command(
    name = "validate",
    description = "Finds what is wrong in the configuration, from its files alone.",
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
  @Mixin private GlobalOptions global;
  @Mixin private OutputOptions output;

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description = "Files and folders to judge; all of the project's by default.")
  private List<Path> paths = new ArrayList<>();

  @Option(
      names = "--check",
      paramLabel = "ID",
      split = ",",
      description = "Only this check, or these; platform explain lists them.")
  private List<String> ids = new ArrayList<>();

  @Override
  public Integer call() {
    long start = System.nanoTime();
    Format format = output.format(Format.TEXT, Format.JSON, Format.JUNIT, Format.SARIF);
    List<Check> checks = ids.isEmpty() ? Registry.checks() : ids.stream().map(this::check).toList();
    Judgement judgement = new Judge(checks).judge(WorkspaceReader.read(global.directory(), paths));
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    String result =
        switch (format) {
          case JSON -> FindingsJson.of(judgement);
          case JUNIT -> FindingsJunit.of(judgement, took);
          case HTML -> throw new IllegalStateException("format() refuses it");
          case SARIF -> FindingsSarif.of(judgement, Version.ofThisJar().orElse(""));
          case TEXT -> new FindingsText(global.console()).of(judgement, took);
        };
    output.write(global.console(), result);
    return (judgement.isBad() ? ExitCode.BAD : ExitCode.GOOD).code();
  }

  private Check check(String id) {
    return Registry.find(id).orElseThrow(() -> unknown(id));
  }

  static Problem unknown(String id) {
    Problem problem = Problem.usage("there is no check \"" + id + "\"");
    return Nearest.of(id, Registry.ids())
        .map(near -> problem.detail("did you mean \"" + near + "\"?"))
        .orElse(problem)
        .tryCommand("platform explain");
  }
}
