package dev.platformkit.image;

import dev.platformkit.image.Component.Kind;
import dev.platformkit.problem.Nearest;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.Project;
import dev.platformkit.source.EnvFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What images a project knows: the official ones of {@code stacks/images.registry.env}, and those
 * that it can build, {@code stacks/images.local.env}. Either file may be missing.
 */
final class Catalogue {
  static final String REGISTRY_FILE = "stacks/images.registry.env";
  static final String LOCAL_FILE = "stacks/images.local.env";
  static final String SERVICES = "sample-services";
  static final String IMAGES = "stacks/images";

  private final Path root;
  private final Map<String, String> official;
  private final Map<String, Component> built = new LinkedHashMap<>();
  private final Map<String, Problem> unbuildable = new LinkedHashMap<>();

  Catalogue(Project project) {
    this.root = project.root();
    this.official = EnvFile.read(root.resolve(REGISTRY_FILE), REGISTRY_FILE).values();
    EnvFile.read(root.resolve(LOCAL_FILE), LOCAL_FILE)
        .variables()
        .forEach(
            (name, variable) ->
                component(variable)
                    .ifPresentOrElse(
                        component -> built.put(name, component),
                        () -> unbuildable.put(name, withoutRecipe(variable))));
  }

  /** Official images by variable. */
  Map<String, String> official() {
    return official;
  }

  /** What can be built here, by variable. */
  Map<String, Component> built() {
    return built;
  }

  /** Why an image that should be built here cannot be, by variable. */
  Map<String, Problem> unbuildable() {
    return unbuildable;
  }

  Path root() {
    return root;
  }

  /** The Dockerfile that all our services share. */
  Path serviceDockerfile() {
    return root.resolve(IMAGES).resolve("service/Dockerfile");
  }

  /** The component of a name. */
  Component named(String name) {
    Optional<Component> found =
        built.values().stream().filter(component -> component.name().equals(name)).findFirst();
    return found.orElseThrow(
        () -> {
          List<String> names = built.values().stream().map(Component::name).toList();
          Problem problem = Problem.usage("no image \"" + name + "\" is built here");
          return Nearest.of(name, names)
              .map(near -> problem.detail("did you mean \"" + near + "\"?"))
              .orElse(problem)
              .detail("built here: " + String.join(", ", names));
        });
  }

  private Optional<Component> component(EnvFile.Variable variable) {
    String reference = variable.value();
    int colon = reference.lastIndexOf(':');
    if (!reference.startsWith(Component.REPOSITORY) || colon < 0) {
      throw Problem.usage(
          "%s  %s has to be %s<component>:<version>, found \"%s\""
              .formatted(variable.position(), variable.name(), Component.REPOSITORY, reference));
    }
    String name = reference.substring(Component.REPOSITORY.length(), colon);
    String version = reference.substring(colon + 1);
    Path folder = root.resolve(IMAGES).resolve(name);
    Path service = root.resolve(SERVICES).resolve(name);
    Component component;
    if (Files.isExecutable(folder.resolve("build"))) {
      component = new Component(name, version, folder, Kind.SCRIPT);
    } else if (Files.isRegularFile(folder.resolve("Dockerfile"))) {
      component =
          new Component(
              name,
              version,
              folder,
              Files.isRegularFile(folder.resolve("pom.xml"))
                  ? Kind.MAVEN_AND_DOCKERFILE
                  : Kind.DOCKERFILE);
    } else if (Files.isRegularFile(service.resolve("pom.xml"))) {
      component = new Component(name, version, service, Kind.SERVICE);
    } else {
      return Optional.empty();
    }
    if (!component.variable().equals(variable.name())) {
      throw Problem.usage(
          "%s  the image of %s is named %s, found %s"
              .formatted(variable.position(), name, component.variable(), variable.name()));
    }
    return Optional.of(component);
  }

  private static Problem withoutRecipe(EnvFile.Variable variable) {
    String name = variable.value().replaceFirst(":.*", "").replaceFirst(".*/", "");
    return Problem.usage(
            variable.position() + "  nothing says how " + variable.name() + " is built")
        .detail(
            "expected %s/%s/Dockerfile or %s/%s/pom.xml".formatted(IMAGES, name, SERVICES, name));
  }
}
