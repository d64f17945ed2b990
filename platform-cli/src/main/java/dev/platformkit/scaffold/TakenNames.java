package dev.platformkit.scaffold;

import static java.util.Objects.requireNonNull;

import dev.platformkit.problem.Problem;
import dev.platformkit.project.Project;
import dev.platformkit.source.EnvFile;
import dev.platformkit.source.YamlReader;
import dev.platformkit.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The names that a new service cannot have because something has them already: two names are one
 * where they differ in dashes only, since packages have none.
 *
 * @param uses in the order in which they are told
 */
record TakenNames(List<Use> uses) {
  private static final Map<String, String> RESERVED =
      Map.of(
          "google", "the package of what every contract imports",
          "localhost", "the host that every process has for itself",
          "shop", "the package that all contracts stand in",
          "target", "the folder that Maven builds into",
          "validate", "the package of what every contract imports");

  /**
   * One use of a name.
   *
   * @param told what it names, and where that stands
   */
  record Use(String name, String told) {
    Use {
      requireNonNull(name, "name is null");
      requireNonNull(told, "told is null");
    }

    boolean isOf(ServiceName service) {
      return name.replaceAll("[-_]", "").equals(service.packageName());
    }
  }

  TakenNames {
    uses = List.copyOf(uses);
  }

  /**
   * Reads a project: services of its stacks, scrape jobs, images, Maven modules and contracts.
   *
   * @throws Problem exit 2 where one of its files is not right
   */
  static TakenNames in(Project project) {
    List<Use> uses = new ArrayList<>();
    RESERVED.forEach((name, why) -> uses.add(new Use(name, why)));
    composeServices(project, uses);
    scrapeJobs(project.root(), uses);
    images(project.root(), ShopFiles.IMAGES, uses);
    images(project.root(), "stacks/images.registry.env", uses);
    folders(project.root(), "stacks/images", "recipe of an image", uses);
    modules(project.root(), uses);
    folders(project.root(), ShopFiles.CONTRACTS, "contracts' package", uses);
    return new TakenNames(uses);
  }

  /** What a name is in use for, and where; empty where it is free. */
  List<String> of(ServiceName service) {
    return uses.stream().filter(use -> use.isOf(service)).map(Use::told).toList();
  }

  private static void composeServices(Project project, List<Use> uses) {
    for (String stack : project.stacks()) {
      Stack.read(project, stack)
          .services()
          .forEach(
              s ->
                  uses.add(new Use(s.name(), "Compose service " + s.name() + "  " + s.position())));
    }
  }

  private static void scrapeJobs(Path root, List<Use> uses) {
    YamlReader.read(root.resolve(ShopFiles.JOBS), ShopFiles.JOBS)
        .asMapping()
        .require("scrape_configs")
        .asSequence()
        .items()
        .forEach(
            job -> {
              String name = job.asMapping().require("job_name").asText();
              uses.add(new Use(name, "scrape job " + name + "  " + job.position()));
            });
  }

  private static void images(Path root, String file, List<Use> uses) {
    EnvFile.read(root.resolve(file), file)
        .variables()
        .values()
        .forEach(
            image ->
                uses.add(
                    new Use(
                        image.name().replaceFirst("_IMAGE$", "").toLowerCase(Locale.ROOT),
                        image.name() + "  " + image.position())));
  }

  private static void modules(Path root, List<Use> uses) {
    for (String file : List.of("pom.xml", ShopFiles.MODULES)) {
      ModuleFile pom = ModuleFile.read(root, file);
      pom.artifacts()
          .forEach(name -> uses.add(new Use(name, "Maven artifact " + name + "  " + file)));
      pom.modules().forEach(name -> uses.add(new Use(name, "Maven module " + name + "  " + file)));
    }
  }

  /** A folder counts where it holds a file: one that was emptied stays behind unseen. */
  private static void folders(Path root, String folder, String what, List<Use> uses) {
    try (Stream<Path> files = Files.walk(root.resolve(folder))) {
      files
          .filter(Files::isRegularFile)
          .map(root.resolve(folder)::relativize)
          .filter(file -> file.getNameCount() > 1)
          .map(file -> file.getName(0).toString())
          .distinct()
          .sorted()
          .forEach(name -> uses.add(new Use(name, what + "  " + folder + "/" + name)));
    } catch (IOException e) {
      throw Problem.usage("cannot list " + folder + ": " + e).causedBy(e);
    }
  }
}
