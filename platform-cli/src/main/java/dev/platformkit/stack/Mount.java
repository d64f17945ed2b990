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
   */
  public static List<Mount> of(Stack stack, Service service, Variables variables) {
    Path folder = stack.file().getParent();
    List<Mount> mounts = new ArrayList<>();
    service
        .definition()
        .get("volumes")
        .ifPresent(
            list ->
                list.asSequence()
                    .items()
                    .forEach(item -> volume(item, folder, variables).ifPresent(mounts::add)));
    service
        .definition()
        .get("configs")
        .ifPresent(
            list ->
                list.asSequence()
                    .items()
                    .forEach(item -> config(stack, item, variables).ifPresent(mounts::add)));
    return mounts;
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

  private static Optional<Mount> config(Stack stack, Node item, Variables variables) {
    String name =
        item instanceof Node.Mapping mapping ? mapping.require("source").asText() : item.asText();
    return stack
        .compose()
        .get("configs")
        .flatMap(configs -> configs.asMapping().get(name))
        .flatMap(config -> config.asMapping().get("file"))
        .map(f -> at(f.asText(), f.position(), stack.file().getParent(), variables));
  }

  private static Mount at(String written, Position position, Path folder, Variables variables) {
    String source = variables.expand(written, position);
    return new Mount(folder.resolve(source).normalize(), position);
  }
}
