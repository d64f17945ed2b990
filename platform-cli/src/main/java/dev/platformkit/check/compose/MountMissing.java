package dev.platformkit.check.compose;

import dev.platformkit.check.Check;
import dev.platformkit.check.CheckSpec;
import dev.platformkit.check.Findings;
import dev.platformkit.check.Severity;
import dev.platformkit.check.Workspace;
import dev.platformkit.compose.ComposeService;
import dev.platformkit.compose.Mount;
import dev.platformkit.problem.Nearest;
import dev.platformkit.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a container mounts from the project is there. What lies elsewhere on the host is another
 * machine's matter, and what {@code platform up} generates is there when it is needed.
 */
@CheckSpec(
    id = "compose/mount-missing",
    severity = Severity.ERROR,
    summary = "Every file or folder of the project that a container mounts exists.")
public final class MountMissing implements Check {
  private static final String GENERATED = ".platform";

  @Override
  public void run(Workspace workspace, Findings findings) {
    for (ComposeService service : workspace.services()) {
      SourceFile source = service.file().source();
      for (Mount mount : service.mounts()) {
        if (isOfTheProject(workspace, mount) && !Files.exists(mount.host())) {
          String message =
              "there is no "
                  + workspace.shown(mount.host())
                  + "; the engine would put an empty folder in its place";
          Optional<String> near = nearest(mount);
          if (near.isPresent()) {
            findings.add(source, source.spot(mount.written(), mount.source()), message, near.get());
          } else {
            findings.add(source, source.spot(mount.written(), mount.source()), message);
          }
        }
      }
    }
  }

  private static boolean isOfTheProject(Workspace workspace, Mount mount) {
    boolean relative = !mount.source().startsWith("/");
    boolean inside = mount.host().startsWith(workspace.root());
    return (relative || inside) && !mount.host().startsWith(workspace.root().resolve(GENERATED));
  }

  /** The source with the name of the file beside it that is most like the one that is missing. */
  private static Optional<String> nearest(Mount mount) {
    Path folder = mount.host().getParent();
    Path missing = mount.host().getFileName();
    if (folder == null || missing == null || !Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> beside = Files.list(folder)) {
      List<String> names = beside.map(path -> String.valueOf(path.getFileName())).toList();
      String before = mount.source().substring(0, mount.source().lastIndexOf('/') + 1);
      return Nearest.of(missing.toString(), names).map(name -> before + name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
