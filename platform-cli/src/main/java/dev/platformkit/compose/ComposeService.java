package dev.platformkit.compose;

import static java.util.Objects.requireNonNull;

import dev.platformkit.source.Node;
import dev.platformkit.source.Spot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One service of a Compose file.
 *
 * @param spot where its name stands
 */
public record ComposeService(ComposeFile file, String name, Spot spot, Node.Mapping definition) {

  /**
   * A variable that the container gets.
   *
   * @param written the value to point at; where there is none, the name
   * @param value as written, its variables not replaced
   */
  public record EnvironmentEntry(String name, Node.Scalar written, String value) {
    public EnvironmentEntry {
      requireNonNull(name, "name is null");
      requireNonNull(written, "written is null");
      requireNonNull(value, "value is null");
    }
  }

  public ComposeService {
    requireNonNull(file, "file is null");
    requireNonNull(name, "name is null");
    requireNonNull(spot, "spot is null");
    requireNonNull(definition, "definition is null");
  }

  public List<PortMapping> ports() {
    return PortMapping.read(Shape.itemsAt(definition, "ports"), file.variables());
  }

  /** What the container sees of the host: bind mounts, configs and secrets that are files. */
  public List<Mount> mounts() {
    List<Mount> mounts =
        new ArrayList<>(
            Mount.ofVolumes(Shape.itemsAt(definition, "volumes"), file.folder(), file.variables()));
    mounts.addAll(files("configs", "/"));
    mounts.addAll(files("secrets", "/run/secrets/"));
    return List.copyOf(mounts);
  }

  private List<Mount> files(String part, String folder) {
    return Mount.ofFiles(
        Shape.itemsAt(definition, part),
        Shape.entriesAt(file.root(), part),
        folder,
        file.folder(),
        file.variables());
  }

  /** Its {@code environment:}, given as a mapping or as a list of {@code NAME=value}. */
  public List<EnvironmentEntry> environment() {
    List<EnvironmentEntry> entries = new ArrayList<>();
    Optional<Node> environment = definition.get("environment");
    for (Node.Mapping.Entry entry : environment.map(Shape::entries).orElse(List.of())) {
      Shape.scalar(entry.value())
          .ifPresent(v -> entries.add(new EnvironmentEntry(entry.key(), v, v.text())));
    }
    for (Node item : environment.map(Shape::items).orElse(List.of())) {
      if (item instanceof Node.Scalar scalar && scalar.text().indexOf('=') > 0) {
        int equals = scalar.text().indexOf('=');
        entries.add(
            new EnvironmentEntry(
                scalar.text().substring(0, equals), scalar, scalar.text().substring(equals + 1)));
      }
    }
    return List.copyOf(entries);
  }

  /** The words of {@code command:} and {@code entrypoint:}, given as a list or as one text. */
  public List<Node.Scalar> words() {
    List<Node.Scalar> words = new ArrayList<>();
    for (String key : List.of("entrypoint", "command")) {
      definition.get(key).flatMap(Shape::scalar).ifPresent(words::add);
      Shape.itemsAt(definition, key).forEach(i -> Shape.scalar(i).ifPresent(words::add));
    }
    return List.copyOf(words);
  }

  /** Every name under which other containers reach it. */
  public Set<String> hostNames() {
    Set<String> names = new LinkedHashSet<>();
    names.add(name);
    for (String key : List.of("container_name", "hostname")) {
      Shape.scalarAt(definition, key).ifPresent(n -> names.add(file.interpolate(n).text()));
    }
    for (Node.Mapping.Entry network : Shape.entriesAt(definition, "networks")) {
      Shape.itemsAt(network.value(), "aliases")
          .forEach(a -> Shape.scalar(a).ifPresent(n -> names.add(file.interpolate(n).text())));
    }
    return names;
  }
}
