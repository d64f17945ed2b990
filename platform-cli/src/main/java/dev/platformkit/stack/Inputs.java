package dev.platformkit.stack;

import dev.platformkit.problem.Problem;
import dev.platformkit.source.EnvFile;
import dev.platformkit.source.Node;
import dev.platformkit.source.Position;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What can be wrong with an assembly's files and is better told before anything is changed than by
 * a container that does not start.
 */
public final class Inputs {
  private final Assembly assembly;
  private final Variables variables;

  /**
   * @param environment the process environment
   */
  public Inputs(Assembly assembly, Map<String, String> environment) {
    this.assembly = assembly;
    this.variables = known(assembly, environment);
  }

  /** The variables as they will be: images are not resolved yet, and the state may not exist. */
  private static Variables known(Assembly assembly, Map<String, String> environment) {
    Path root = assembly.project().root();
    Path state = assembly.platform().state();
    EnvFile own =
        EnvFile.parse(
            List.of(
                "PLATFORM_NAME=" + assembly.platform().name(),
                "PLATFORM_STATE=" + state,
                "PLATFORM_STATE_ID=unknown"),
            "platform.env");
    return new Variables(
        List.of(
            EnvFile.read(root.resolve(Assembly.PORTS), Assembly.PORTS),
            EnvFile.read(state.resolve("ports.env"), root.relativize(state) + "/ports.env"),
            own),
        environment);
  }

  /** The variables that the files may use, those of images excepted. */
  public Variables variables() {
    return variables;
  }

  /**
   * Checks every file of the assembly.
   *
   * @throws Problem exit 2, with the place, for a variable without value or a mount without source
   */
  public void check() {
    for (Stack stack : assembly.stacks()) {
      checkVariables(stack.compose());
      assembly.additions(stack).forEach(this::checkVariables);
      for (Service service : assembly.services(stack)) {
        assembly.mounts(stack, service, variables).forEach(this::checkMount);
        PublishedPort.of(service, variables);
      }
      secretsOf(stack);
    }
  }

  private void checkVariables(Node.Mapping.Entry entry) {
    if (!entry.key().equals("image") && !entry.key().startsWith("x-")) {
      checkVariables(entry.value());
    }
  }

  private void checkVariables(Node node) {
    if (node instanceof Node.Scalar scalar) {
      variables.expand(scalar);
    } else if (node instanceof Node.Sequence sequence) {
      sequence.items().forEach(this::checkVariables);
    } else {
      node.asMapping().entries().forEach(this::checkVariables);
    }
  }

  /** A folder outside the project is the engine's machine's, and may come with the engine. */
  private void checkMount(Mount mount) {
    boolean ours = mount.source().startsWith(assembly.project().root());
    boolean generated = mount.source().startsWith(assembly.platform().state());
    if (ours && !generated && !Files.exists(mount.source())) {
      throw missing(mount.source(), mount.position(), "mounted here");
    }
  }

  private Problem missing(Path file, Position position, String why) {
    return Problem.usage(
            position + "  there is no " + assembly.project().root().relativize(file) + ", " + why)
        .detail("Compose would put an empty folder in its place");
  }

  /** The secret files that the chosen stacks want and that we generate. */
  public Set<Path> secrets() {
    Set<Path> files = new TreeSet<>();
    assembly.stacks().forEach(stack -> files.addAll(secretsOf(stack)));
    return files;
  }

  private List<Path> secretsOf(Stack stack) {
    List<Path> generated = new ArrayList<>();
    stack
        .compose()
        .get("secrets")
        .ifPresent(
            secrets ->
                secrets.asMapping().entries().stream()
                    .flatMap(secret -> secret.value().asMapping().get("file").stream())
                    .forEach(file -> secret(stack, file, generated)));
    return generated;
  }

  private void secret(Stack stack, Node file, List<Path> generated) {
    String written = variables.expand(file.asText(), file.position());
    Path path = stack.file().getParent().resolve(written).normalize();
    if (path.startsWith(assembly.platform().secrets())) {
      generated.add(path);
    } else if (!Files.exists(path)) {
      throw Problem.usage(file.position() + "  there is no secret file " + path)
          .detail("only those in ${PLATFORM_STATE}/secrets/ are generated");
    }
  }
}
