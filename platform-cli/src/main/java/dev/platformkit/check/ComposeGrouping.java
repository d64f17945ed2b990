package dev.platformkit.check;

import dev.platformkit.check.Scope.Reach;
import dev.platformkit.compose.ComposeFile;
import dev.platformkit.compose.ComposeProject;
import dev.platformkit.compose.Shape;
import dev.platformkit.compose.Variables;
import dev.platformkit.source.EnvFile;
import dev.platformkit.source.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which Compose files run together, and what their variables stand for. In a platform project those
 * are all its stacks, as assembly puts them together; elsewhere those of one folder and what they
 * include.
 */
final class ComposeGrouping {
  /** What assembly sets for every platform. */
  private static final List<String> SET_BY_ASSEMBLY =
      List.of("PLATFORM_NAME", "PLATFORM_STATE", "PLATFORM_STATE_ID");

  /** What Compose sets by itself. */
  private static final String SET_BY_COMPOSE = "COMPOSE_PROJECT_NAME";

  /** What one stack adds to another: merged over the other's file, and so relative to it. */
  private static final Pattern ADDITION = Pattern.compile("with\\.(.+)\\.ya?ml");

  private final Scope scope;
  private final List<Document> compose;
  private final List<EnvDocument> envFiles;

  ComposeGrouping(Scope scope, List<Document> documents, List<EnvDocument> envFiles) {
    this.scope = scope;
    this.compose =
        documents.stream()
            .filter(d -> d.kind() == Kind.COMPOSE && d.root() instanceof Node.Mapping)
            .toList();
    this.envFiles = envFiles;
  }

  List<ComposeProject> projects() {
    Path stacks = scope.root().resolve("stacks");
    Map<Path, List<ComposeFile>> byFolder = new LinkedHashMap<>();
    for (Document document : compose) {
      Path path = document.source().path();
      boolean ofStack = scope.reach() == Reach.PROJECT && path.startsWith(stacks);
      Path folder = ofStack ? stacks : parent(path);
      byFolder
          .computeIfAbsent(folder, f -> new ArrayList<>())
          .add(file(document, ofStack ? ofStacks(stacks) : ofFolder(parent(path))));
    }
    return merged(byFolder).stream().map(ComposeProject::new).toList();
  }

  private ComposeFile file(Document document, Variables variables) {
    Path path = document.source().path();
    String name = Scope.nameOf(path);
    Matcher addition = ADDITION.matcher(name);
    boolean adds = addition.matches() && scope.reach() == Reach.PROJECT;
    boolean overlay =
        !ComposeFile.isBaseName(name)
            && (adds
                || name.startsWith("variant.")
                || name.contains("override")
                || hasBase(parent(path)));
    return new ComposeFile(
        document.source(),
        document.root().asMapping(),
        adds ? parent(path).resolveSibling(addition.group(1)) : parent(path),
        overlay,
        variables);
  }

  private boolean hasBase(Path folder) {
    return compose.stream()
        .map(document -> document.source().path())
        .anyMatch(p -> parent(p).equals(folder) && ComposeFile.isBaseName(Scope.nameOf(p)));
  }

  private Variables ofStacks(Path stacks) {
    Set<String> elsewhere = new LinkedHashSet<>(SET_BY_ASSEMBLY);
    elsewhere.add(SET_BY_COMPOSE);
    imageVariables(stacks.resolve("images"), elsewhere);
    imageVariables(scope.root().resolve("sample-services"), elsewhere);
    return Variables.of(lines(file -> file.source().path().startsWith(stacks)), elsewhere);
  }

  /** A component is a folder; its image's variable is named after it. */
  private static void imageVariables(Path components, Set<String> names) {
    if (!Files.isDirectory(components)) {
      return;
    }
    try (Stream<Path> folders = Files.list(components)) {
      folders
          .filter(Files::isDirectory)
          .map(Scope::nameOf)
          .forEach(name -> names.add(imageVariable(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String imageVariable(String component) {
    return component.toUpperCase(Locale.ROOT).replace('-', '_') + "_IMAGE";
  }

  /** The env files beside a Compose file, and in the folders from which it may be started. */
  private Variables ofFolder(Path folder) {
    return Variables.of(
        lines(file -> folder.startsWith(parent(file.source().path()))), Set.of(SET_BY_COMPOSE));
  }

  private List<EnvFile.Variable> lines(Predicate<EnvDocument> from) {
    return envFiles.stream().filter(from).flatMap(file -> file.variables().stream()).toList();
  }

  /** Puts files that include each other into one project. */
  private static List<List<ComposeFile>> merged(Map<Path, List<ComposeFile>> byFolder) {
    List<List<ComposeFile>> projects = new ArrayList<>(byFolder.values());
    for (ComposeFile file : projects.stream().flatMap(List::stream).toList()) {
      for (Path included : includes(file)) {
        List<ComposeFile> into = holding(projects, file.source().path());
        List<ComposeFile> from = holding(projects, included);
        if (!from.isEmpty() && from != into) {
          into.addAll(from);
          projects.remove(from);
        }
      }
    }
    return projects;
  }

  private static List<ComposeFile> holding(List<List<ComposeFile>> projects, Path path) {
    return projects.stream()
        .filter(files -> files.stream().anyMatch(f -> f.source().path().equals(path)))
        .findFirst()
        .orElse(List.of());
  }

  private static List<Path> includes(ComposeFile file) {
    List<Path> included = new ArrayList<>();
    for (Node item : Shape.itemsAt(file.root(), "include")) {
      Stream.concat(
              Stream.of(item, Shape.at(item, "path").orElse(item)),
              Shape.itemsAt(item, "path").stream())
          .flatMap(node -> Shape.scalar(node).stream())
          .map(scalar -> file.interpolate(scalar).text())
          .filter(text -> text.indexOf('\0') < 0)
          .forEach(text -> included.add(file.folder().resolve(text).normalize()));
    }
    return included;
  }

  private static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent(), "a file lies in a folder");
  }
}
