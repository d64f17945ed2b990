package dev.platformkit.check;

import dev.platformkit.compose.ComposeService;
import dev.platformkit.compose.Dockerfile;
import dev.platformkit.compose.PortMapping;
import dev.platformkit.compose.PortMapping.Range;
import dev.platformkit.compose.Shape;
import dev.platformkit.source.Node;
import dev.platformkit.source.Position;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The ports that a service listens on, as far as files tell: what it publishes, exposes, is asked
 * on for readiness, and what the Dockerfile of its image exposes.
 *
 * @param declared each port and where it is declared
 * @param mentioned texts in which a port may be set: words of its command, its environment
 */
record Listening(Map<Range, Position> declared, List<String> mentioned) {
  private static final Pattern IMAGE_VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+)_IMAGE}");

  Listening {
    declared = new LinkedHashMap<>(declared);
    mentioned = List.copyOf(mentioned);
  }

  /** What is known of all definitions of one service. */
  static Listening of(Workspace workspace, List<ComposeService> definitions) {
    Map<Range, Position> declared = new LinkedHashMap<>();
    List<String> mentioned = new ArrayList<>();
    for (ComposeService service : definitions) {
      for (PortMapping port : service.ports()) {
        declared.putIfAbsent(port.target(), port.written().position());
      }
      for (Node item : Shape.itemsAt(service.definition(), "expose")) {
        Shape.scalar(item).ifPresent(port -> declare(service, port, declared));
      }
      for (String part : List.of("ready", "open")) {
        Shape.scalarAt(service.definition(), "x-platform", part, "http")
            .ifPresent(port -> declare(service, port, declared));
      }
      dockerfile(workspace, service)
          .ifPresent(
              file ->
                  Dockerfile.exposed(file, workspace.shown(file)).forEach(declared::putIfAbsent));
      service.words().forEach(word -> mentioned.add(service.file().interpolate(word).text()));
      service.environment().forEach(entry -> mentioned.add(entry.value()));
    }
    return new Listening(declared, mentioned);
  }

  private static void declare(
      ComposeService service, Node.Scalar port, Map<Range, Position> declared) {
    String text = service.file().interpolate(port).text().replaceFirst("/\\w+$", "");
    Range.of(text).ifPresent(range -> declared.putIfAbsent(range, port.position()));
  }

  private static Optional<Path> dockerfile(Workspace workspace, ComposeService service) {
    Matcher variable =
        IMAGE_VARIABLE.matcher(
            Shape.scalarAt(service.definition(), "image").map(Node.Scalar::text).orElse(""));
    if (!variable.matches()) {
      return Dockerfile.of(service);
    }
    String component = variable.group(1).toLowerCase(Locale.ROOT).replace('_', '-');
    return Optional.of(
        workspace.root().resolve("stacks/images").resolve(component).resolve("Dockerfile"));
  }

  /** Whether nothing tells a port. */
  boolean isUnknown() {
    return declared.isEmpty();
  }

  boolean on(int port) {
    Pattern whole = Pattern.compile("(?<!\\d)" + port + "(?!\\d)");
    return declared.keySet().stream().anyMatch(range -> range.contains(port))
        || mentioned.stream().anyMatch(text -> whole.matcher(text).find());
  }

  /** The declared ports, each once. */
  List<String> ports() {
    return declared.keySet().stream().map(Range::toString).distinct().sorted().toList();
  }

  /** Where the ports are declared, by line. */
  String where() {
    return declared.values().stream()
        .map(position -> position.file() + ":" + position.line())
        .distinct()
        .limit(3)
        .collect(Collectors.joining(", "));
  }
}
