package dev.platformkit.command;

import static java.util.Objects.requireNonNull;

import dev.platformkit.problem.Problem;
import dev.platformkit.project.Project;
import dev.platformkit.stack.Stack;
import dev.platformkit.verify.elsewhere.Target;
import dev.platformkit.verify.elsewhere.TargetReader;
import dev.platformkit.verify.elsewhere.TargetSite;
import dev.platformkit.verify.journey.Journey;
import dev.platformkit.verify.run.Site;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A run of verify on a platform that runs elsewhere, which a target file describes. */
final class Elsewhere {
  private final Project project;
  private final Target target;

  /** Reads the file and the secrets that it refers to. */
  Elsewhere(Project project, Path file) {
    this.project = requireNonNull(project, "project is null");
    this.target = TargetReader.read(file, System.getenv());
  }

  /** What its evidence is kept under. */
  String name() {
    return target.name();
  }

  /** What {@code --require} can name: a stack, or a backend of a target file. */
  List<String> requirable() {
    return TargetSite.requirable(project.stacks());
  }

  /**
   * The platform, each of whose servers is asked once.
   *
   * @throws Problem exit 2 when no journey can be gone there
   */
  Site site(List<Journey> journeys, Map<String, String> urls, Set<String> required) {
    if (journeys.isEmpty()) {
      throw Problem.usage(
              "there are no journeys in " + project.root().resolve(Verification.JOURNEYS))
          .detail("a platform that runs elsewhere is proven by journeys; -C DIR names a project");
    }
    List<String> targets = journeys.stream().map(Journey::target).distinct().toList();
    if (targets.stream().noneMatch(t -> target.services().containsKey(t) || urls.containsKey(t))) {
      throw Problem.usage(
              "no journey can be gone: %s names none of their targets".formatted(target.file()))
          .detail("services: must say where this is: " + String.join(", ", targets));
    }
    Map<String, String> stacks = new HashMap<>();
    if (!required.isEmpty()) {
      for (String name : project.stacks()) {
        Stack.read(project, name).services().forEach(s -> stacks.put(s.name(), name));
      }
    }
    return new TargetSite(
        new TargetSite.Order(target, project.root(), journeys, urls, stacks, required));
  }
}
