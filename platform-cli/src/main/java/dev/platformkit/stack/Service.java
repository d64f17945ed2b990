package dev.platformkit.stack;

import static java.util.Objects.requireNonNull;

import dev.platformkit.source.Node;
import dev.platformkit.source.Position;
import java.util.List;
import java.util.Optional;

/**
 * One service of a stack: what we need of its Compose definition, and what its {@code x-platform}
 * says beyond Compose.
 *
 * @param name its Compose service name
 * @param position where its definition starts
 * @param definition the whole definition, for whoever needs more of it
 * @param image the image as written, usually a variable: {@code ${CONSUL_IMAGE}}
 * @param profiles the Compose profiles that it needs; empty when it always belongs
 * @param ready when it counts as ready
 * @param open where a browser finds it, if it has something to show
 * @param registers whether it enters itself into the registry under its name
 */
public record Service(
    String name,
    Position position,
    Node.Mapping definition,
    String image,
    List<String> profiles,
    Readiness ready,
    Optional<Open> open,
    Optional<Reload> reload,
    boolean registers) {

  /** The profile of services that exist only as official images. */
  public static final String OFFICIAL = "official";

  /** The profile of services that do one thing and end: {@code platform run} starts them. */
  public static final String JOBS = "jobs";

  /**
   * Where a browser finds a service.
   *
   * @param port the port in the container
   */
  public record Open(int port, String path) {
    public Open {
      requireNonNull(path, "path is null");
    }
  }

  /**
   * Where a service is told to read its files again; a 2xx answer says that it has.
   *
   * @param port the port in the container
   */
  public record Reload(int port, String path) {
    public Reload {
      requireNonNull(path, "path is null");
    }
  }

  public Service {
    requireNonNull(name, "name is null");
    requireNonNull(position, "position is null");
    requireNonNull(definition, "definition is null");
    requireNonNull(image, "image is null");
    requireNonNull(ready, "ready is null");
    requireNonNull(open, "open is null");
    requireNonNull(reload, "reload is null");
    profiles = List.copyOf(profiles);
  }

  /** Whether it does one thing and ends, when it is told to. */
  public boolean isJob() {
    return profiles.contains(JOBS);
  }

  static Service read(Node.Mapping.Entry entry) {
    Node.Mapping definition = entry.value().asMapping();
    Optional<Node.Mapping> extra = definition.get("x-platform").map(Node::asMapping);
    extra.ifPresent(x -> x.allowOnly(List.of("ready", "open", "reload", "registers")));
    return new Service(
        entry.key(),
        entry.position(),
        definition,
        definition.require("image").asText(),
        definition.get("profiles").map(p -> p.asSequence().texts()).orElse(List.of()),
        extra.flatMap(x -> x.get("ready")).map(Readiness::read).orElseGet(Readiness.Running::new),
        extra.flatMap(x -> x.get("open")).map(Service::readOpen),
        extra.flatMap(x -> x.get("reload")).map(Service::readReload),
        extra.flatMap(x -> x.get("registers")).map(Node::asFlag).orElse(false));
  }

  private static Open readOpen(Node node) {
    Node.Mapping open = node.asMapping();
    open.allowOnly(List.of("http", "path"));
    return new Open(open.require("http").asInt(), open.get("path").map(Node::asText).orElse("/"));
  }

  private static Reload readReload(Node node) {
    Node.Mapping reload = node.asMapping();
    reload.allowOnly(List.of("http", "path"));
    return new Reload(reload.require("http").asInt(), reload.require("path").asText());
  }
}
