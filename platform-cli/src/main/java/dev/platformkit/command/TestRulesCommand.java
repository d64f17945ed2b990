package dev.platformkit.command;

import dev.platformkit.command.OutputOptions.Format;
import dev.platformkit.engine.DockerEngine;
import dev.platformkit.engine.EngineControl;
import dev.platformkit.image.ImageRow;
import dev.platformkit.image.Images;
import dev.platformkit.problem.ExitCode;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.Project;
import dev.platformkit.report.ruletests.RuleTestsJson;
import dev.platformkit.report.ruletests.RuleTestsJunit;
import dev.platformkit.report.ruletests.RuleTestsText;
import dev.platformkit.rule.ContainerPromtool;
import dev.platformkit.rule.Promtool;
import dev.platformkit.rule.RuleTestRun;
import dev.platformkit.rule.RuleTests;
import dev.platformkit.rule.TestFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs the unit tests of alert rules through promtool. */
@Command(
    name = "test-rules",
    description =
        "Runs the tests of alert rules through the promtool of the platform's Prometheus.",
    mixinStandardHelpOptions = true)
final class TestRulesCommand implements Callable<Integer> {
  private static final String RULES = "alert-rules";
  private static final String COMPONENT = "prometheus";

  @Mixin private GlobalOptions global;
  @Mixin private OutputOptions output;

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description = "Test files, and folders whose *.test.yaml are meant; alert-rules by default.")
  private List<Path> paths = new ArrayList<>();

  @Override
  public Integer call() {
    Format format = output.format(Format.TEXT, Format.JSON, Format.JUNIT);
    Project project = global.project();
    List<TestFile> files = files(project);
    RuleTestRun run = run(project, files);
    output.write(
        global.console(),
        switch (format) {
          case JSON -> RuleTestsJson.of(run);
          case JUNIT -> RuleTestsJunit.of(run);
          case SARIF, HTML -> throw new IllegalStateException("format() refuses it");
          case TEXT -> new RuleTestsText(global.console()).of(run);
        });
    return (run.passed() ? ExitCode.GOOD : ExitCode.BAD).code();
  }

  private List<TestFile> files(Project project) {
    Path rules = project.root().resolve(RULES);
    boolean byDefault = paths.isEmpty();
    if (byDefault && !Files.isDirectory(rules)) {
      throw Problem.unable("there is nothing to test: no folder " + RULES);
    }
    List<Path> wanted =
        byDefault ? List.of(rules) : paths.stream().map(global.directory()::resolve).toList();
    List<TestFile> files = RuleTests.find(project.root(), wanted);
    if (files.isEmpty()) {
      throw Problem.unable("there is nothing to test: no *.test.yaml found");
    }
    return files;
  }

  private RuleTestRun run(Project project, List<TestFile> files) {
    try (EngineControl engine = DockerEngine.connect();
        Promtool promtool = ContainerPromtool.start(image(project, engine), files)) {
      return RuleTests.run(files, promtool);
    }
  }

  private String image(Project project, EngineControl engine) {
    Images images = new Images(project, global.platform(project), engine, System.getenv());
    Optional<ImageRow> row =
        images.rows(images.choose(Optional.empty(), true)).stream()
            .filter(r -> r.component().equals(COMPONENT))
            .findFirst();
    if (row.isEmpty()) {
      throw Problem.unable("nothing says which Prometheus this project runs")
          .detail("expected PROMETHEUS_IMAGE in stacks/images.registry.env or images.local.env");
    }
    if (row.get().held().isEmpty()) {
      boolean built = row.get().source().equals("built here");
      throw Problem.unable("the image of Prometheus is not here: " + row.get().image())
          .tryCommand(
              built ? "platform images build prometheus" : "docker pull " + row.get().image());
    }
    return row.get().image();
  }
}
