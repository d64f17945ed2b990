package dev.platformkit.compose;

import static java.util.Objects.requireNonNull;

import dev.platformkit.source.Node;
import dev.platformkit.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * One Compose file.
 *
 * @param folder against which its relative paths are resolved
 * @param overlay whether it only changes what another file of the same project defines
 * @param variables what its variables stand for
 */
public record ComposeFile(
    SourceFile source, Node.Mapping root, Path folder, boolean overlay, Variables variables) {
  /** The parts in which Compose replaces variables. */
  public static final List<String> PARTS =
      List.of("services", "networks", "volumes", "secrets", "configs");

  /** Names that Compose looks for itself. */
  private static final Set<String> BASE_NAMES =
      Set.of("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml");

  public ComposeFile {
    requireNonNull(source, "source is null");
    requireNonNull(root, "root is null");
    requireNonNull(folder, "folder is null");
    requireNonNull(variables, "variables is null");
  }

  /** The file names that Compose finds by itself. */
  public static Set<String> baseNames() {
    return BASE_NAMES;
  }

  /** Whether a file name is one that Compose finds by itself. */
  public static boolean isBaseName(String name) {
    return BASE_NAMES.contains(name);
  }

  /** Whether Compose finds it by its name alone. */
  public boolean isBase() {
    return isBaseName(String.valueOf(source.path().getFileName()));
  }

  /** Its services, those left out whose definition is no mapping. */
  public List<ComposeService> services() {
    return Shape.entriesAt(root, "services").stream()
        .filter(entry -> entry.value() instanceof Node.Mapping)
        .map(
            entry ->
                new ComposeService(
                    this, entry.key(), source.spot(entry), entry.value().asMapping()))
        .toList();
  }

  /** A value with its variables replaced. */
  public Interpolation interpolate(Node.Scalar scalar) {
    return Interpolation.of(scalar.text(), variables);
  }
}
