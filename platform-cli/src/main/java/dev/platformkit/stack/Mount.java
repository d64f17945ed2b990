package dev.platformkit.stack;

import static java.util.Objects.requireNonNull;

import dev.platformkit.source.Node;
import dev.platformkit.source.Position;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file or folder of the host that a service mounts.
 *
 * @param source absolute; a relative one is relative to the Compose file
 * @param position where the file says so
 */
public record Mount(Path source, Position position) {
  public Mount {
    requireNonNull(source, "source is null");
    requireNonNull(position, "position is null");
  }

  /**
   * The bind mounts of a service, in the order of the file: of {@code volumes}, and of the {@code
   * configs} that it uses.
   *
   * @param folder what relative sources are relative to
   * @param definition what a file says of the service
   * @param compose the whole of that file
   */
  static List<Mount> of(
      Path folder, Node.Mapping definition, Node.Mapping compose, Variables variables) {
    List<Mount> mounts = new ArrayList<>();
    items(definition, "volumes")
        .forEach(item -> volume(item, folder, variables).ifPresent(mounts::add));
    items(definition, "configs")
        .forEach(item -> config(compose, item, folder, variables).ifPresent(mounts::add));
    return mounts;
  }

  private static List<Node> items(Node.Mapping definition, String key) {
    return definition.get(key).map(list -> list.asSequence().items()).orElse(List.of());
  }

  private static Optional<Mount> volume(Node item, Path folder, Variables variables) {
    if (item instanceof Node.Mapping mapping) {
      boolean bind = mapping.get("type").map(t -> t.asText().equals("bind")).orElse(false);
      return bind
          ? Optional.of(at(mapping.require("source").asText(), item.position(), folder, variables))
          : Optional.empty();
    }
    List<String> parts = PublishedPort.split(item.asText());
    String source = variables.expand(parts.get(0), item.position());
    boolean path = source.startsWith(".") || source.startsWith("/");
    return parts.size() > 1 && path
        ? Optional.of(at(parts.get(0), item.position(), folder, variables))
        : Optional.empty();
  }

  private static Optional<Mount> config(
      Node.Mapping compose, Node item, Path folder, Variables variables) {
    String name =
        item instanceof Node.Mapping mapping ? mapping.require("source").asText() : item.asText();
    return compose
        .get("configs")
        .flatMap(configs -> configs.asMapping().get(name))
        .flatMap(config -> config.asMapping().get("file"))
        .map(file -> at(file.asText(), file.position(), folder, variables));
  }

  private static Mount at(String written, Position position, Path folder, Variables variables) {
    String source = variables.expand(written, position);
    return new Mount(folder.resolve(source).normalize(), position);
  }
}
