package dev.platformkit.image;

import dev.platformkit.image.Component.Kind;
import dev.platformkit.problem.Problem;
import dev.platformkit.project.ImageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which image each variable means under one source. Our own services are built with either source,
 * on that source's images; everything else is either official or built here. Nothing is built for
 * this: the tag of an image is the hash of what it would be built of.
 */
final class Resolution {
  private static final Pattern BASE = Pattern.compile("(?m)^\\s*ARG\\s+([A-Z0-9_]+_IMAGE)\\b");

  private final Catalogue catalogue;
  private final ImageSource source;
  private final Map<String, String> tags = new LinkedHashMap<>();
  private final Set<String> underWay = new LinkedHashSet<>();

  Resolution(Catalogue catalogue, ImageSource source) {
    this.catalogue = catalogue;
    this.source = source;
  }

  /**
   * Every variable that has an image: what is built here, and official ones also where nothing is
   * built for them, since a compose file names them all the same.
   */
  Map<String, String> all() {
    Map<String, String> all = new TreeMap<>(catalogue.official());
    catalogue
        .built()
        .forEach(
            (variable, component) -> {
              if (isBuilt(component)) {
                all.put(variable, tag(component));
              }
            });
    return all;
  }

  /** The component that a variable's image is built of here; empty when it is an official image. */
  Optional<Component> built(String variable) {
    return Optional.ofNullable(catalogue.built().get(variable)).filter(this::isBuilt);
  }

  /** The image that a variable means. */
  String image(String variable) {
    Optional<Component> component = built(variable);
    if (component.isPresent()) {
      return tag(component.get());
    }
    String official = catalogue.official().get(variable);
    Problem unbuildable = catalogue.unbuildable().get(variable);
    if (unbuildable != null && (official == null || source == ImageSource.LOCAL)) {
      throw unbuildable;
    }
    if (official == null || source == ImageSource.LOCAL) {
      throw Problem.usage("no image for ${" + variable + "}")
          .detail(
              "it stands neither in "
                  + (source == ImageSource.LOCAL
                      ? Catalogue.LOCAL_FILE + ", and images are built here"
                      : Catalogue.REGISTRY_FILE + " nor in " + Catalogue.LOCAL_FILE));
    }
    return official;
  }

  private boolean isBuilt(Component component) {
    return source == ImageSource.LOCAL || component.kind() == Kind.SERVICE;
  }

  /**
   * The variables of the images that a component's image is built on, in the Dockerfile's order.
   */
  List<String> bases(Component component) {
    if (component.kind() == Kind.SCRIPT) {
      return List.of();
    }
    Path dockerfile = dockerfile(component);
    try {
      Set<String> variables = new LinkedHashSet<>();
      Matcher argument = BASE.matcher(Files.readString(dockerfile));
      while (argument.find()) {
        variables.add(argument.group(1));
      }
      return List.copyOf(variables);
    } catch (IOException e) {
      throw Problem.usage("cannot read " + dockerfile + ": " + e).causedBy(e);
    }
  }

  Path dockerfile(Component component) {
    return component.kind() == Kind.SERVICE
        ? catalogue.serviceDockerfile()
        : component.folder().resolve("Dockerfile");
  }

  /** The tag that names what a component's image is built of now. */
  String tag(Component component) {
    String known = tags.get(component.name());
    if (known != null) {
      return known;
    }
    if (!underWay.add(component.name())) {
      throw Problem.usage("images are built on each other in a circle: " + underWay);
    }
    InputHash hash = new InputHash();
    if (component.kind() == Kind.SERVICE) {
      addService(hash, component);
    } else {
      hash.add("folder", component.folder());
    }
    for (String base : bases(component)) {
      hash.add(base, image(base));
    }
    String tag = component.tag(hash.digits());
    underWay.remove(component.name());
    tags.put(component.name(), tag);
    return tag;
  }

  /** A service, what it is compiled with, and how it is packed; its tests change nothing of it. */
  private void addService(InputHash hash, Component service) {
    hash.add("service", catalogue.serviceDockerfile().getParent());
    hash.add("pom.xml", catalogue.root().resolve("pom.xml"));
    hash.add("services/pom.xml", catalogue.root().resolve(Catalogue.SERVICES).resolve("pom.xml"));
    for (Path module : libraries()) {
      addModule(hash, module);
    }
    addModule(hash, service.folder());
  }

  private static void addModule(InputHash hash, Path module) {
    String name = module.getFileName().toString();
    hash.add(name + "/pom.xml", module.resolve("pom.xml"));
    hash.add(name + "/src", module.resolve("src/main"));
  }

  /** The modules beside the services that are none: what services share. */
  private List<Path> libraries() {
    List<Path> libraries = new ArrayList<>();
    try (Stream<Path> folders = Files.list(catalogue.root().resolve(Catalogue.SERVICES))) {
      for (Path folder : folders.sorted().toList()) {
        boolean service =
            catalogue.built().values().stream().anyMatch(c -> c.folder().equals(folder));
        if (!service && Files.isRegularFile(folder.resolve("pom.xml"))) {
          libraries.add(folder);
        }
      }
    } catch (IOException e) {
      throw Problem.usage("cannot list " + Catalogue.SERVICES + ": " + e).causedBy(e);
    }
    return libraries;
  }
}
