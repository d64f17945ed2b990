package dev.platformkit.stack;

import static java.util.Objects.requireNonNull;

import dev.platformkit.problem.Nearest;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.Project;
import dev.platformkit.source.Node;
import dev.platformkit.source.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One stack: a Compose file that also runs without us, {@code stacks/<name>/compose.yaml}.
 *
 * <pre>
 * x-platform:
 *   summary: Dashboards with Grafana
 *   needs: [metrics]
 * </pre>
 *
 * @param file its Compose file, absolute
 * @param summary one line for people
 * @param needs stacks that have to be chosen with it; selects, never orders
 * @param services in the order of the file
 * @param compose the whole file
 */
public record Stack(
    String name,
    Path file,
    String summary,
    List<String> needs,
    List<Service> services,
    Node.Mapping compose) {
  public Stack {
    requireNonNull(name, "name is null");
    requireNonNull(file, "file is null");
    requireNonNull(summary, "summary is null");
    requireNonNull(compose, "compose is null");
    needs = List.copyOf(needs);
    services = List.copyOf(services);
  }

  /**
   * Reads the stacks asked for and all that they need, in the order of {@code platform.yaml}.
   *
   * @param asked names of stacks; empty for all of the project's
   * @throws Problem exit 2 for an unknown name or a Compose file that is not right
   */
  public static List<Stack> choose(Project project, List<String> asked) {
    Map<String, Stack> chosen = new HashMap<>();
    for (String name : asked.isEmpty() ? project.stacks() : asked) {
      add(project, name, chosen);
    }
    return project.stacks().stream().filter(chosen::containsKey).map(chosen::get).toList();
  }

  private static void add(Project project, String name, Map<String, Stack> chosen) {
    if (!project.stacks().contains(name)) {
      Problem problem = Problem.usage("there is no stack \"" + name + "\" in " + Project.FILE);
      throw Nearest.of(name, project.stacks())
          .map(near -> problem.detail("did you mean \"" + near + "\"?"))
          .orElse(problem)
          .detail("its stacks: " + String.join(", ", project.stacks()));
    }
    if (!chosen.containsKey(name)) {
      Stack stack = read(project, name);
      chosen.put(name, stack);
      stack.needs().forEach(need -> add(project, need, chosen));
    }
  }

  /** Reads one stack. */
  public static Stack read(Project project, String name) {
    Path file = project.stack(name).resolve("compose.yaml");
    String shownAs = project.root().relativize(file).toString();
    if (!Files.isRegularFile(file)) {
      throw Problem.usage("the stack \"" + name + "\" has no " + shownAs)
          .detail("named by stacks: in " + Project.FILE);
    }
    Node.Mapping compose = YamlReader.read(file, shownAs).asMapping();
    Optional<Node.Mapping> extra = compose.get("x-platform").map(Node::asMapping);
    extra.ifPresent(x -> x.allowOnly(List.of("summary", "needs")));
    return new Stack(
        name,
        file,
        extra.flatMap(x -> x.get("summary")).map(Node::asText).orElse(name),
        extra.flatMap(x -> x.get("needs")).map(n -> n.asSequence().texts()).orElse(List.of()),
        compose.require("services").asMapping().entries().stream().map(Service::read).toList(),
        compose);
  }
}
