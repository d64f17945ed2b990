package dev.platformkit.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the command line starts, from wherever and however it is called. */
class LauncherIT {
  @TempDir Path elsewhere;

  @Test
  void theVersionIsThatOfTheBuildAndOfTheJavaItRunsOn() {
    Cli.Result version = Cli.in(elsewhere).run("--version");

    assertThat(version.exit()).as(version.toString()).isZero();
    assertThat(version.out()).containsPattern("platform \\d+\\.\\d+\\.\\d+").contains("java ");
  }

  @Test
  void classesComeFromTheArchiveAndNoLibraryIsOpened() throws IOException {
    Path loaded = elsewhere.resolve("loaded");

    Cli.Result help =
        Cli.in(elsewhere)
            .with("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + loaded)
            .run("--help");

    assertThat(help.exit()).as(help.toString()).isZero();
    assertThat(Files.readAllLines(loaded))
        .anyMatch(line -> line.contains("dev.platformkit.Main source: shared objects file"))
        .anyMatch(line -> line.contains("picocli.CommandLine source: shared objects file"))
        .noneMatch(line -> line.contains("source: file:") || line.contains("source: jar:"));
  }

  @Test
  void aProjectIsFoundFromAFolderInside() {
    Cli.Result render = Cli.in(Cli.ROOT.resolve("stacks/data")).run("render");

    assertThat(render.exit()).as(render.toString()).isZero();
    assertThat(render.out()).contains("stacks/data/compose.yaml");
  }

  @Test
  void aProjectElsewhereIsNamedBeforeOrAfterTheCommand() {
    Cli.Result before = Cli.in(elsewhere).run("-C", Cli.ROOT.toString(), "render");
    Cli.Result after = Cli.in(elsewhere).run("render", "-C", Cli.ROOT.toString());

    assertThat(before.exit()).as(before.toString()).isZero();
    assertThat(before.out()).isEqualTo(after.out());
  }

  @Test
  void itCanBeCalledThroughALink() throws IOException {
    Path link = elsewhere.resolve("platform");
    Files.createSymbolicLink(link, Cli.ROOT.resolve("platform"));

    Cli.Result version = Cli.in(elsewhere).program(link, "--version");

    assertThat(version.exit()).as(version.toString()).isZero();
  }

  @Test
  void withoutAnEngineTheCommandThatBringsOneIsTold() {
    Cli.Result status =
        Cli.in(Cli.ROOT)
            .with("DOCKER_HOST", "unix://" + elsewhere.resolve("no.sock"))
            .run("engine", "status");

    assertThat(status.exit()).as(status.toString()).isEqualTo(3);
    assertThat(status.err()).contains("no.sock").contains("try: platform engine ");
  }
}
