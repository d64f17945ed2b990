package dev.platformkit.command;

import dev.platformkit.engine.Compose;
import dev.platformkit.engine.Subprocess;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.Platform;
import dev.platformkit.project.Project;
import dev.platformkit.stack.Assembly;
import dev.platformkit.stack.Service;
import dev.platformkit.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what {@code up} gives to Compose, without writing into the project. */
@Command(
    name = "render",
    description = {
      "Prints the Compose project that the stacks make together.",
      "Without names, what was assembled last."
    },
    mixinStandardHelpOptions = true)
final class RenderCommand implements Runnable {
  private static final List<String> IMAGES =
      List.of("stacks/images.registry.env", "stacks/images.local.env");

  @Mixin private GlobalOptions global;
  @Mixin private StackOptions stacks;
  @Mixin private OutputOptions output;

  @Option(
      names = "--resolved",
      description = "Print the merged model instead: every service, with its variables filled in.")
  private boolean resolved;

  @Override
  public void run() {
    output.format(OutputOptions.Format.TEXT);
    Project project = global.project();
    Platform platform = global.platform(project);
    Assembly assembly = assembly(project, platform);
    output.write(global.console(), resolved ? resolve(assembly) : assembly.compose());
  }

  private Assembly assembly(Project project, Platform platform) {
    List<String> last = Assembly.lastStacks(platform);
    List<String> asked = stacks.asked().isEmpty() ? known(project, last) : stacks.asked();
    return new Assembly(
        project, platform, Stack.choose(project, asked), Assembly.lastOfficial(platform));
  }

  private static List<String> known(Project project, List<String> names) {
    return names.stream().filter(project.stacks()::contains).toList();
  }

  /** Compose's own view, from a folder that is gone afterwards. */
  private static String resolve(Assembly assembly) {
    Path folder = temporaryFolder();
    Path file = folder.resolve("compose.yaml");
    Path own = folder.resolve("platform.env");
    try {
      Files.writeString(
          own,
          "PLATFORM_NAME=%s\nPLATFORM_STATE=%s\n"
              .formatted(assembly.platform().name(), assembly.platform().state()));
      Files.writeString(file, assembly.compose(folder, envFiles(assembly, own)));
      Subprocess.Output said =
          new Compose(
                  assembly.platform().name(),
                  file,
                  Map.of("COMPOSE_PROFILES", assembly.official() ? Service.OFFICIAL : ""))
              .run("config");
      if (!said.good()) {
        throw refused(said);
      }
      return said.out();
    } catch (IOException e) {
      throw Problem.unable("cannot write " + folder + ": " + e).causedBy(e);
    } finally {
      delete(List.of(file, own, folder));
    }
  }

  /**
   * What {@code up} reads, as far as it is there; before the first {@code up}, images by version.
   */
  private static List<Path> envFiles(Assembly assembly, Path own) {
    Path root = assembly.project().root();
    Path state = assembly.platform().state();
    List<Path> files = new ArrayList<>();
    IMAGES.forEach(name -> files.add(root.resolve(name)));
    files.add(state.resolve("images.env"));
    files.add(root.resolve(Assembly.PORTS));
    files.add(state.resolve("ports.env"));
    files.add(own);
    files.add(state.resolve("platform.env"));
    return files.stream().filter(Files::exists).toList();
  }

  private static Problem refused(Subprocess.Output said) {
    Problem problem = Problem.usage("Compose does not accept the stacks' files");
    for (String line : said.lastLines()) {
      problem = problem.detail("  " + line);
    }
    return problem;
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("platform-render").toRealPath();
    } catch (IOException e) {
      throw Problem.unable("cannot create a temporary folder: " + e).causedBy(e);
    }
  }

  private static void delete(List<Path> paths) {
    for (Path path : paths) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        throw Problem.unable("cannot delete " + path + ": " + e).causedBy(e);
      }
    }
  }
}
