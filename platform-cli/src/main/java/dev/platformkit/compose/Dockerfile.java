package dev.platformkit.compose;

import dev.platformkit.source.Node;
import dev.platformkit.source.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Dockerfile says about the container that will run. */
public final class Dockerfile {
  private static final Pattern EXPOSE = Pattern.compile("(?i)\\s*EXPOSE\\s+(.+)");
  private static final Pattern DEFAULT =
      Pattern.compile("(?i)\\s*(?:ARG|ENV)\\s+([A-Za-z_]\\w*)[= ]\"?([^\"\\s]+)\"?.*");

  private Dockerfile() {}

  /** The ports that it exposes, each with its place; none where there is no such file. */
  public static Map<PortMapping.Range, Position> exposed(Path file, String shownAs) {
    Map<PortMapping.Range, Position> ports = new LinkedHashMap<>();
    Map<String, Variables.Value> defaults = new LinkedHashMap<>();
    List<String> lines = lines(file);
    for (int number = 1; number <= lines.size(); number++) {
      Position position = new Position(shownAs, number, 1);
      Matcher set = DEFAULT.matcher(lines.get(number - 1));
      if (set.matches()) {
        defaults.put(set.group(1), new Variables.Value(set.group(2), position));
      }
      Matcher expose = EXPOSE.matcher(lines.get(number - 1));
      if (expose.matches()) {
        Variables variables = new Variables(defaults, Set.of());
        for (String word :
            Interpolation.of(expose.group(1), variables).text().strip().split("\\s+", -1)) {
          PortMapping.Range.of(word.replaceFirst("/\\w+$", ""))
              .ifPresent(port -> ports.put(port, position));
        }
      }
    }
    return ports;
  }

  private static List<String> lines(Path file) {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The Dockerfile of a service whose Compose file says how it is built. */
  public static Optional<Path> of(ComposeService service) {
    Optional<Node> build = service.definition().get("build");
    Optional<String> context =
        build
            .flatMap(Shape::scalar)
            .or(() -> build.flatMap(b -> Shape.scalarAt(b, "context")))
            .map(scalar -> service.file().interpolate(scalar).text());
    if (build.isEmpty() || context.orElse("").contains("://")) {
      return Optional.empty();
    }
    Path folder = service.file().folder().resolve(context.orElse(".")).normalize();
    String name =
        build
            .flatMap(b -> Shape.scalarAt(b, "dockerfile"))
            .map(scalar -> service.file().interpolate(scalar).text())
            .orElse("Dockerfile");
    return Optional.of(folder.resolve(name).normalize()).filter(Files::isRegularFile);
  }
}
