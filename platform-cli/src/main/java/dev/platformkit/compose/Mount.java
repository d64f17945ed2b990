package dev.platformkit.compose;

import static java.util.Objects.requireNonNull;

import dev.platformkit.source.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file or folder of the host that a container sees: an entry of {@code volumes:} that is a bind
 * mount, or of {@code configs:} or {@code secrets:} whose definition names a file.
 *
 * <pre>
 * - ./prometheus:/etc/prometheus:ro
 * - { type: bind, source: ./prometheus, target: /etc/prometheus }
 * </pre>
 *
 * @param written the value to point at
 * @param source as named, variables replaced
 * @param host where it lies, absolute
 * @param target in the container, absolute
 */
public record Mount(Node.Scalar written, String source, Path host, String target) {
  private static final Pattern SHORT =
      Pattern.compile("(?<source>[A-Za-z]:[\\\\/][^:]*|[^:]+):(?<target>/[^:]*)(?::[^:]*)?");

  public Mount {
    requireNonNull(written, "written is null");
    requireNonNull(source, "source is null");
    requireNonNull(host, "host is null");
    requireNonNull(target, "target is null");
  }

  /** Where a path in the container lies on the host, if this mount shows it. */
  public Optional<Path> hostPath(String inContainer) {
    if (inContainer.equals(target)) {
      return Optional.of(host);
    }
    String prefix = target.endsWith("/") ? target : target + "/";
    return inContainer.startsWith(prefix)
        ? Optional.of(host.resolve(inContainer.substring(prefix.length())))
        : Optional.empty();
  }

  /** Where the container sees a path of the host, if this mount shows it. */
  public Optional<String> containerPath(Path onHost) {
    if (!onHost.startsWith(host)) {
      return Optional.empty();
    }
    String below = host.relativize(onHost).toString();
    String prefix = target.endsWith("/") ? target : target + "/";
    return Optional.of(below.isEmpty() ? target : prefix + below);
  }

  static List<Mount> ofVolumes(List<Node> items, Path folder, Variables variables) {
    List<Mount> mounts = new ArrayList<>();
    for (Node item : items) {
      if (item instanceof Node.Scalar written) {
        Matcher parts =
            SHORT.matcher(written.text().contains("$") ? text(written, variables) : written.text());
        if (parts.matches() && isPath(parts.group("source"))) {
          of(written, parts.group("source"), folder, parts.group("target")).ifPresent(mounts::add);
        }
      } else if (Shape.scalarAt(item, "type").map(Node.Scalar::text).orElse("").equals("bind")) {
        Shape.scalarAt(item, "source")
            .filter(source -> !text(source, variables).isEmpty())
            .flatMap(
                source ->
                    Shape.scalarAt(item, "target")
                        .flatMap(
                            target ->
                                of(
                                    source,
                                    text(source, variables),
                                    folder,
                                    text(target, variables))))
            .ifPresent(mounts::add);
      }
    }
    return List.copyOf(mounts);
  }

  /** What a {@code configs:} or {@code secrets:} entry of a service shows of a file. */
  static List<Mount> ofFiles(
      List<Node> items,
      List<Node.Mapping.Entry> definitions,
      String defaultFolder,
      Path folder,
      Variables variables) {
    List<Mount> mounts = new ArrayList<>();
    for (Node item : items) {
      Optional<Node.Scalar> name = Shape.scalar(item).or(() -> Shape.scalarAt(item, "source"));
      String named = name.map(Node.Scalar::text).orElse("");
      String target =
          Shape.scalarAt(item, "target").map(t -> text(t, variables)).orElse(defaultFolder + named);
      definitions.stream()
          .filter(definition -> definition.key().equals(named))
          .flatMap(definition -> Shape.scalarAt(definition.value(), "file").stream())
          .findFirst()
          .flatMap(file -> of(file, text(file, variables), folder, absolute(target, defaultFolder)))
          .ifPresent(mounts::add);
    }
    return List.copyOf(mounts);
  }

  private static String absolute(String target, String folder) {
    return target.startsWith("/") ? target : folder + target;
  }

  /** Empty where the source is not known: one of its variables is, or it is somebody's home. */
  private static Optional<Mount> of(
      Node.Scalar written, String source, Path folder, String target) {
    if (source.isEmpty() || source.startsWith("~") || source.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    return Optional.of(new Mount(written, source, folder.resolve(source).normalize(), target));
  }

  private static boolean isPath(String source) {
    return source.startsWith(".") || source.startsWith("/") || source.startsWith("~");
  }

  /** The text with its variables replaced; empty where one of them is not known. */
  private static String text(Node.Scalar scalar, Variables variables) {
    Interpolation interpolation = Interpolation.of(scalar.text(), variables);
    return interpolation.complete() ? interpolation.text() : "";
  }
}
