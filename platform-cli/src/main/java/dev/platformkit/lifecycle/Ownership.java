package dev.platformkit.lifecycle;

import dev.platformkit.engine.Container;
import dev.platformkit.engine.EngineControl;
import dev.platformkit.engine.Volume;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.Platform;
import dev.platformkit.project.StateFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whether what the engine holds under a platform's name is this folder's. Two clones of a
 * repository share the name and so containers and volumes, but not the secrets that the data was
 * set up with.
 *
 * @param folder the other folder, where a container tells it
 * @param volumes volumes that carry another state folder's id
 * @param otherId that id
 */
record Ownership(
    Platform platform, Optional<Path> folder, List<String> volumes, Optional<String> otherId) {
  private static final String WORKING_DIRECTORY = "com.docker.compose.project.working_dir";
  private static final String STATE = "dev.platformkit.state";

  Ownership {
    volumes = List.copyOf(volumes);
  }

  static Ownership of(Platform platform, List<Container> containers, EngineControl engine) {
    String ours = StateFolder.idOf(platform).orElse("");
    List<Volume> others =
        engine.volumes(platform.name()).stream()
            .filter(v -> v.labels().containsKey(STATE) && !ours.equals(v.labels().get(STATE)))
            .toList();
    return new Ownership(
        platform,
        folder(containers, platform),
        others.stream().map(Volume::name).toList(),
        others.stream().map(v -> v.labels().get(STATE)).findFirst());
  }

  /** The other project whose containers these are, by Compose's label of where it was started. */
  static Optional<Path> folder(List<Container> containers, Platform platform) {
    return containers.stream()
        .flatMap(c -> Optional.ofNullable(c.labels().get(WORKING_DIRECTORY)).stream())
        .map(Path::of)
        .filter(state -> !state.equals(platform.state()))
        .map(Ownership::project)
        .findFirst();
  }

  /** Whether all of it is this folder's. */
  boolean ours() {
    return folder.isEmpty() && volumes.isEmpty();
  }

  /** Who else it belongs to, in one line. */
  String otherOwner() {
    return folder
        .map(path -> "the project in " + path)
        .orElse("another project folder, or to this one before its .platform was deleted");
  }

  private static Path project(Path state) {
    Path above = state.getParent() == null ? null : state.getParent().getParent();
    return above == null ? state : above;
  }

  /** The problem to tell before anything is started over it. */
  Problem problem() {
    Problem problem =
        Problem.unable(platform.name() + " belongs to " + otherOwner())
            .detail("its data was set up with that folder's secrets, which this one does not have");
    if (!volumes.isEmpty()) {
      problem =
          problem
              .detail("volumes: " + String.join(", ", volumes))
              .detail(
                  "  their state id is "
                      + otherId.orElse("unknown")
                      + ", ours is "
                      + StateFolder.idOf(platform).orElse("not made yet"));
    }
    return problem
        .tryCommand("platform up --name " + platform.name() + "2 --ports auto")
        .tryCommand(platform.command("down --volumes") + "   to delete it with its data");
  }
}
