package dev.platformkit.image;

import static java.util.Objects.requireNonNull;

import dev.platformkit.engine.EngineControl;
import dev.platformkit.engine.EngineImage;
import dev.platformkit.engine.EngineSetup;
import dev.platformkit.image.Component.Kind;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.ImageSource;
import dev.platformkit.project.Platform;
import dev.platformkit.project.Project;
import dev.platformkit.project.StateFolder;
import dev.platformkit.terminal.Console;
import dev.platformkit.terminal.Took;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The images of a platform: where they come from, and that they are there. */
public final class Images {
  /** The file in a platform's folder that says which image each variable means. */
  public static final String FILE = "images.env";

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Project project;
  private final Platform platform;
  private final EngineControl engine;
  private final Map<String, String> environment;
  private final Catalogue catalogue;

  public Images(
      Project project, Platform platform, EngineControl engine, Map<String, String> environment) {
    this.project = requireNonNull(project, "project is null");
    this.platform = requireNonNull(platform, "platform is null");
    this.engine = requireNonNull(engine, "engine is null");
    this.environment = Map.copyOf(environment);
    this.catalogue = new Catalogue(project);
  }

  /**
   * What {@link #prepare} did.
   *
   * @param ready how many images are there that were wanted
   * @param made how many of them were not there before
   * @param took how long it took
   */
  public record Prepared(Map<String, String> images, int ready, int made, Duration took) {
    public Prepared {
      images = Map.copyOf(images);
      requireNonNull(took, "took is null");
    }
  }

  /**
   * Decides where images come from. A platform that has decided stays with it, whatever answers
   * today, unless it is told otherwise: another source may be another version over the same data.
   *
   * @param asked the source named in the command, if any
   * @param overData whether a change over existing volumes is meant
   * @throws Problem exit 3 when the source would change over existing volumes
   */
  public ImageChoice choose(Optional<ImageSource> asked, boolean overData) {
    Optional<ImageChoice> before = ImagesFile.read(file()).choice();
    ImageSource wish = asked.orElse(project.images());
    if (asked.isEmpty() && wish == ImageSource.AUTO && before.isPresent()) {
      return before.get();
    }
    ImageChoice now =
        wish == ImageSource.AUTO
            ? whicheverCanBeHad()
            : new ImageChoice(
                wish, asked.isPresent() ? "as the command says" : "as platform.yaml says");
    boolean changes = before.map(choice -> choice.source() != now.source()).orElse(false);
    if (changes && !overData && !engine.volumes(platform.name()).isEmpty()) {
      throw Problem.unable(
              "%s would change from %s to %s over its data"
                  .formatted(platform.name(), before.orElseThrow().words(), now.words()))
          .detail("the images may differ in version, and not read what the others wrote")
          .tryCommand("platform down --volumes --name " + platform.name())
          .tryCommand(
              "platform up --name %s --images %s --keep-data"
                  .formatted(platform.name(), now.official() ? "registry" : "local"));
    }
    return now;
  }

  private ImageChoice whicheverCanBeHad() {
    Collection<String> official = catalogue.official().values();
    if (catalogue.built().isEmpty()) {
      return new ImageChoice(ImageSource.REGISTRY, "this project builds none");
    }
    if (official.isEmpty()) {
      return new ImageChoice(ImageSource.LOCAL, "this project names no official ones");
    }
    if (official.stream().allMatch(image -> engine.image(image).isPresent())) {
      return new ImageChoice(ImageSource.REGISTRY, "they are all here");
    }
    String pinned = official.iterator().next();
    return engine
        .whyNotInRegistry(pinned, PATIENCE)
        .map(why -> new ImageChoice(ImageSource.LOCAL, "no image registry answers"))
        .orElseGet(() -> new ImageChoice(ImageSource.REGISTRY, "a registry answers"));
  }

  /**
   * Sees to it that images are there: builds or pulls what is missing, and writes which image each
   * variable means.
   *
   * @param wanted variables of compose files, for example {@code CONSUL_IMAGE}
   * @param setup brings the tools that builds need
   * @throws Problem exit 3, with the last lines of the step that failed, when one cannot be had
   */
  public Prepared prepare(
      ImageChoice choice, Set<String> wanted, EngineSetup setup, Console console) {
    Instant start = Instant.now();
    Resolution resolution = new Resolution(catalogue, choice.source());
    int made = make(resolution, wanted, setup, console);
    Map<String, String> images = resolution.all();
    StateFolder.open(platform);
    StateFolder.write(file(), ImagesFile.text(choice, images));
    return new Prepared(images, wanted.size(), made, Duration.between(start, Instant.now()));
  }

  /**
   * Builds components by name, with all that they are built on, unless they are there already.
   *
   * @param names of components; all that can be built when empty
   * @return how many images were made
   */
  public int build(ImageChoice choice, List<String> names, EngineSetup setup, Console console) {
    List<Component> components =
        names.isEmpty()
            ? List.copyOf(catalogue.built().values())
            : names.stream().map(catalogue::named).toList();
    boolean onlyServices = components.stream().allMatch(c -> c.kind() == Kind.SERVICE);
    Resolution resolution =
        new Resolution(catalogue, onlyServices ? choice.source() : ImageSource.LOCAL);
    return make(resolution, components.stream().map(Component::variable).toList(), setup, console);
  }

  private int make(
      Resolution resolution, Collection<String> wanted, EngineSetup setup, Console console) {
    Set<String> here = here();
    Path cache = UserCache.folder(environment);
    ImageWork work =
        new ImageWork(
            project.root(),
            cache.resolve("locks"),
            image -> engine.image(image).isPresent(),
            environment);
    List<Task> tasks =
        new ImageTasks(
                resolution,
                image ->
                    image.startsWith(Component.REPOSITORY)
                        ? here.contains(image)
                        : engine.image(image).isPresent(),
                work)
            .of(wanted);
    if (tasks.isEmpty()) {
      return 0;
    }
    if (tasks.stream().anyMatch(task -> isScript(task.name()))) {
      setup.ensureBuildTools();
    }
    run(tasks, wanted, cache, console);
    Superseded.of(engine.images(Component.REPOSITORY + "*")).forEach(engine::removeTag);
    return (int) tasks.stream().filter(Task::counts).count();
  }

  private void run(List<Task> tasks, Collection<String> wanted, Path cache, Console console) {
    Instant start = Instant.now();
    int made = (int) tasks.stream().filter(Task::counts).count();
    int slots = Runtime.getRuntime().availableProcessors() + 1;
    BuildTimes times = BuildTimes.read(cache.resolve("build-times"));
    BuildGraph graph = new BuildGraph(tasks, times::of).checked();
    Path logs = StateFolder.open(platform).platform().state().resolve("logs/images");
    try (BuildProgress progress =
        new BuildProgress(console, graph, Math.max(0, wanted.size() - made), slots, Instant::now)) {
      new BuildRun(graph, times, logs, slots).run(progress);
    }
    console
        .err()
        .printf(
            "  images      %s %d made in %s   logs: %s%n",
            console.good(),
            made,
            Took.words(Duration.between(start, Instant.now())),
            project.root().relativize(logs));
  }

  private boolean isScript(String task) {
    return catalogue.built().values().stream()
        .anyMatch(c -> c.name().equals(task) && c.kind() == Kind.SCRIPT);
  }

  private Set<String> here() {
    Set<String> here = new HashSet<>();
    for (EngineImage image : engine.images(Component.REPOSITORY + "*")) {
      here.addAll(image.tags());
    }
    return here;
  }

  /** Every image that the project knows under a choice, whether or not it is there. */
  public List<ImageRow> rows(ImageChoice choice) {
    Resolution resolution = new Resolution(catalogue, choice.source());
    return resolution.all().keySet().stream()
        .filter(variable -> resolution.built(variable).isPresent() || choice.official())
        .map(variable -> ImageRow.of(variable, resolution, choice, engine))
        .toList();
  }

  private Path file() {
    return platform.state().resolve(FILE);
  }
}
