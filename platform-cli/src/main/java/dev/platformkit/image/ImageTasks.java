package dev.platformkit.image;

import static java.util.Objects.requireNonNull;

import dev.platformkit.image.Component.Kind;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Works out what has to be done so that images are there: what they are built on first, nothing
 * that is there already, and Maven once for all services.
 */
final class ImageTasks {
  /** The task in which Maven assembles all services that have to be built. */
  static final String SERVICES = "sample-services";

  private final Resolution resolution;
  private final Predicate<String> present;
  private final ImageWork work;
  private final Map<String, Task> tasks = new LinkedHashMap<>();
  private final List<Component> services = new ArrayList<>();

  /**
   * Prepares for one source of images.
   *
   * @param present whether the engine holds an image
   * @param work how each thing is done
   */
  ImageTasks(Resolution resolution, Predicate<String> present, ImageWork work) {
    this.resolution = requireNonNull(resolution, "resolution is null");
    this.present = requireNonNull(present, "present is null");
    this.work = requireNonNull(work, "work is null");
  }

  /** The tasks after which the images of these variables are there. */
  List<Task> of(Collection<String> variables) {
    variables.forEach(this::want);
    if (!services.isEmpty()) {
      List<Component> chosen = List.copyOf(services);
      tasks.put(
          SERVICES,
          new Task(
              SERVICES,
              List.of(),
              false,
              Task.SHORT,
              (log, step) -> work.assembleServices(chosen, log)));
    }
    return List.copyOf(tasks.values());
  }

  /** Adds what has to be done for a variable's image, and names the task that ends with it. */
  private List<String> want(String variable) {
    String image = resolution.image(variable);
    var built = resolution.built(variable);
    String name =
        built
            .map(Component::name)
            .orElse(
                variable.replaceFirst("_IMAGE$", "").toLowerCase(Locale.ROOT).replace('_', '-'));
    if (tasks.containsKey(name)) {
      return List.of(name);
    }
    if (present.test(image)) {
      return List.of();
    }
    if (built.isEmpty()) {
      tasks.put(
          name, new Task(name, List.of(), true, Task.SHORT, (log, step) -> work.pull(image, log)));
      return List.of(name);
    }
    Component component = built.get();
    List<String> needs = new ArrayList<>();
    Map<String, String> bases = new LinkedHashMap<>();
    for (String base : resolution.bases(component)) {
      bases.put(base, resolution.image(base));
      needs.addAll(want(base));
    }
    assembly(component).ifPresent(needs::add);
    tasks.put(
        name,
        new Task(
            name,
            needs,
            true,
            isGoProgram(component) ? Task.LONG : Task.SHORT,
            (log, step) ->
                work.build(component, image, bases, resolution.dockerfile(component), log, step)));
    return List.of(name);
  }

  private static boolean isGoProgram(Component component) {
    return Files.isRegularFile(component.folder().resolve("go.mod"));
  }

  private Optional<String> assembly(Component component) {
    if (component.kind() == Kind.SERVICE) {
      services.add(component);
      return Optional.of(SERVICES);
    }
    if (component.kind() == Kind.MAVEN_AND_DOCKERFILE) {
      String name = component.name() + "-jars";
      tasks.put(
          name,
          new Task(
              name, List.of(), false, Task.SHORT, (log, step) -> work.assemble(component, log)));
      return Optional.of(name);
    }
    return Optional.empty();
  }
}
