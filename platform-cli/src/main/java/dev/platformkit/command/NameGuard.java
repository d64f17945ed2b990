package dev.platformkit.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.platformkit.engine.Container;
import dev.platformkit.engine.EngineControl;
import dev.platformkit.lifecycle.Up;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.Platform;
import dev.platformkit.project.Project;
import dev.platformkit.terminal.Console;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Keeps two clones of one project out of each other's platform. With consent the second takes a
 * name of its own, and free ports; it is remembered, so that later commands mean it.
 */
final class NameGuard {
  private final GlobalOptions global;
  private final Console console;

  NameGuard(GlobalOptions global, Console console) {
    this.global = global;
    this.console = console;
  }

  /**
   * The platform to bring up: the one meant, where that is this folder's or nobody's.
   *
   * @param containers every container of the one meant
   * @throws Problem exit 3 where it is another folder's, and no other name may be taken
   */
  Platform ours(Project project, Platform meant, List<Container> containers, EngineControl engine) {
    try {
      Up.requireOurs(meant, containers, engine);
      return meant;
    } catch (Problem theirs) {
      String own = ownName(project);
      boolean possible = !global.named() && !meant.name().equals(own);
      if (!possible || !agreed(theirs, own)) {
        throw theirs;
      }
      Platform platform = project.platform(own);
      Up.requireOurs(platform, engine.containers(own), engine);
      project.nameOwn(own);
      console
          .err()
          .println(
              "  %s %s; this folder's platform is %s, on free ports"
                  .formatted(console.leftOut(), theirs.getMessage(), own));
      return project.platform(own);
    }
  }

  private boolean agreed(Problem theirs, String own) {
    return global.yes()
        || console.confirm(
            theirs.getMessage() + ". Bring this one up as " + own + ", on free ports?");
  }

  /** The project's name with what tells its folder from others. */
  private static String ownName(Project project) {
    CRC32 sum = new CRC32();
    sum.update(project.root().toString().getBytes(UTF_8));
    return project.name() + "-" + "%08x".formatted(sum.getValue()).substring(0, 4);
  }
}
