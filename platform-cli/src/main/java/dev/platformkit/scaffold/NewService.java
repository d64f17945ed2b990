package dev.platformkit.scaffold;

import static java.util.Objects.requireNonNull;

import dev.platformkit.problem.Problem;
import dev.platformkit.project.Project;
import dev.platformkit.scaffold.ShopFiles.Own;
import dev.platformkit.scaffold.ShopFiles.Shared;
import dev.platformkit.source.EnvFile;
import dev.platformkit.source.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A service that is not there yet, as the files that it takes: nothing is written before all of it
 * is known to fit.
 *
 * @param changes its own files first, then those in which it is entered
 */
public record NewService(ServiceName name, List<FileChange> changes) {
  public NewService {
    requireNonNull(name, "name is null");
    changes = List.copyOf(changes);
  }

  /**
   * The service of a name in a project.
   *
   * @throws Problem exit 2 for a name that cannot be or is taken, for files that are there already,
   *     and where the project is none that a service can be entered in
   */
  public static NewService of(Project project, String written) {
    requireShop(project.root());
    ServiceName name = named(written, TakenNames.in(project));
    requireNothingThere(project.root(), name);
    List<FileChange> changes = new ArrayList<>();
    for (Own own : ShopFiles.of(name)) {
      changes.add(FileChange.created(own.file(), Template.fill(own.template(), name)));
    }
    for (Shared shared : ShopFiles.SHARED) {
      String before = read(project.root(), shared.list().file());
      changes.add(FileChange.entered(shared.list().file(), before, shared.enter(name, before)));
    }
    changes.forEach(NewService::requireReadable);
    return new NewService(name, changes);
  }

  /** How it is called over HTTP. */
  public String route() {
    return "/v1/" + name + "/greetings/{name}";
  }

  /** The folder of its Maven module. */
  public String module() {
    return "sample-services/" + name;
  }

  private static ServiceName named(String written, TakenNames taken) {
    Optional<String> why = ServiceName.wrong(written);
    if (why.isPresent()) {
      throw withFree(
          written,
          taken,
          Problem.usage("no service can be called \"" + written + "\": it " + why.get())
              .detail(
                  "a name has up to %d lower-case letters, digits and single dashes: shop-stats"
                      .formatted(ServiceName.LONGEST)));
    }
    ServiceName name = new ServiceName(written);
    List<String> uses = taken.of(name);
    if (!uses.isEmpty()) {
      Problem problem = Problem.usage("the name " + name + " is taken");
      for (String use : uses) {
        problem = problem.detail(use);
      }
      throw withFree(written, taken, problem);
    }
    return name;
  }

  /** The problem with a name, and one like it that is free. */
  private static Problem withFree(String written, TakenNames taken, Problem problem) {
    return Stream.of(written, written + "-2")
        .flatMap(text -> ServiceName.meantBy(text).stream())
        .filter(name -> taken.of(name).isEmpty())
        .findFirst()
        .map(name -> problem.tryCommand("platform new service " + name))
        .orElse(problem);
  }

  private static void requireShop(Path root) {
    List<String> missing =
        ShopFiles.SHARED.stream()
            .map(shared -> shared.list().file())
            .filter(file -> !Files.isRegularFile(root.resolve(file)))
            .toList();
    if (!missing.isEmpty()) {
      throw Problem.usage("there is no shop in " + root + " that a service could be added to")
          .detail("missing: " + String.join(", ", missing));
    }
  }

  private static void requireNothingThere(Path root, ServiceName name) {
    List<String> there =
        ShopFiles.of(name).stream()
            .map(Own::file)
            .filter(file -> Files.exists(root.resolve(file)))
            .toList();
    if (!there.isEmpty()) {
      Problem problem = Problem.usage("files of a service " + name + " are there already");
      for (String file : there) {
        problem = problem.detail(file);
      }
      throw problem.detail("nothing is ever overwritten, and nothing was written");
    }
  }

  private static String read(Path root, String file) {
    try {
      return Files.readString(root.resolve(file));
    } catch (NoSuchFileException e) {
      throw Problem.usage("there is no " + file).causedBy(e);
    } catch (IOException e) {
      throw Problem.usage("cannot read " + file + ": " + e).causedBy(e);
    }
  }

  /** What a text was put into can still be read, so it went where it belongs. */
  private static void requireReadable(FileChange change) {
    String file = change.file();
    if (file.endsWith(".yaml") || file.endsWith(".json")) {
      YamlReader.parse(change.text(), file);
    } else if (file.endsWith(".env")) {
      EnvFile.parse(change.text().lines().toList(), file);
    } else if (file.endsWith(".xml")) {
      ModuleFile.parse(change.text(), file);
    }
  }
}
