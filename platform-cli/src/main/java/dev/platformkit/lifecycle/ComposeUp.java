package dev.platformkit.lifecycle;

import dev.platformkit.engine.Compose;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.Platform;
import dev.platformkit.project.StateFolder;
import dev.platformkit.stack.Assembly;
import dev.platformkit.stack.Service;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Has Compose create and start containers, and turns its refusals into problems. */
final class ComposeUp {
  /** Compose's exit codes for a file that it cannot find, and for one that it does not accept. */
  private static final List<Integer> REFUSED_FILE = List.of(14, 15);

  private static final int LAST_LINES = 6;

  private final Assembly assembly;
  private final List<Service> wanted;
  private final Consumer<String> words;
  private final Runnable onTakenPort;

  /**
   * @param wanted services to start; others stay as they are
   * @param words takes each line that Compose says
   * @param onTakenPort tells who holds a port, once the engine said that one is taken
   */
  ComposeUp(Assembly assembly, List<Service> wanted, Consumer<String> words, Runnable onTakenPort) {
    this.assembly = assembly;
    this.wanted = List.copyOf(wanted);
    this.words = words;
    this.onTakenPort = onTakenPort;
  }

  /** Compose for a platform, whatever variables of ours the process environment holds. */
  static Compose compose(Assembly assembly) {
    Platform platform = assembly.platform();
    return new Compose(
        platform.name(),
        platform.composeFile(),
        Map.of(
            "COMPOSE_PROFILES",
            assembly.official() ? Service.OFFICIAL : "",
            "PLATFORM_NAME",
            platform.name(),
            "PLATFORM_STATE",
            platform.state().toString(),
            "PLATFORM_STATE_ID",
            StateFolder.idOf(platform).orElse("")));
  }

  void run() {
    List<String> arguments = arguments();
    List<String> said = Collections.synchronizedList(new ArrayList<>());
    Compose compose = compose(assembly);
    Consumer<String> line =
        text -> {
          said.add(text);
          words.accept(text);
        };
    int exit = compose.run(arguments, line, line);
    if (exit != 0) {
      throw refused(compose, exit, List.copyOf(said));
    }
  }

  List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("up", "--detach", "--no-build"));
    if (!assembly.official()) {
      arguments.addAll(List.of("--pull", "never"));
    }
    if (wanted.size() == assembly.services().size()) {
      boolean all = assembly.stacks().size() == assembly.project().stacks().size();
      if (all) {
        arguments.add("--remove-orphans"); // of services that no file names any more
      }
    } else {
      wanted.forEach(service -> arguments.add(service.name()));
    }
    return arguments;
  }

  private Problem refused(Compose compose, int exit, List<String> said) {
    String all = String.join("\n", said);
    if (all.contains("port is already allocated") || all.contains("address already in use")) {
      onTakenPort.run();
    }
    Problem problem =
        REFUSED_FILE.contains(exit)
            ? Problem.usage("Compose does not accept the stacks' files")
            : Problem.unable("Compose could not start the platform (exit " + exit + ")");
    for (String line : said.subList(Math.max(0, said.size() - LAST_LINES), said.size())) {
      problem = problem.detail("  " + line.strip());
    }
    return problem.tryCommand(compose.typed("config", "--quiet"));
  }
}
