package dev.platformkit.kit.http;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.jetty.util.URIUtil;

/** Routes as they are looked for: by a path's number of parts, what is literal first. */
final class RouteTable {
  private final List<Route> routes;
  private final Optional<String> incomplete;
  private final Map<Integer, List<Pattern>> bySize;

  /**
   * A table of these routes.
   *
   * @param incomplete why there may be more than these
   */
  RouteTable(List<Route> routes, Optional<String> incomplete) {
    this.routes = List.copyOf(routes);
    this.incomplete = incomplete;
    bySize =
        routes.stream()
            .map(Pattern::of)
            .sorted(Comparator.comparing(Pattern::literality).reversed())
            .collect(Collectors.groupingBy(pattern -> pattern.parts().size()));
  }

  /** A route, and what stands in the path where its template has names. */
  record Found(Route route, Map<String, String> named) {}

  List<Route> routes() {
    return routes;
  }

  Optional<Found> find(String method, String path) {
    return matches(path).filter(found -> found.route().method().equals(method)).findFirst();
  }

  /** Why nothing is found here. */
  HttpProblem noneFor(String method, String path) {
    if (incomplete.isPresent()) {
      return HttpProblem.of(503, incomplete.get()).header("Retry-After", "1");
    }
    String allowed =
        matches(path)
            .map(found -> found.route().method())
            .sorted()
            .distinct()
            .collect(Collectors.joining(", "));
    return allowed.isEmpty()
        ? HttpProblem.of(404, "nothing is here")
        : HttpProblem.of(405, method + " is not among " + allowed).header("Allow", allowed);
  }

  private Stream<Found> matches(String path) {
    List<String> parts = List.of(path.split("/", -1));
    return bySize.getOrDefault(parts.size(), List.of()).stream()
        .flatMap(
            pattern ->
                pattern.match(parts).map(named -> new Found(pattern.route(), named)).stream());
  }

  private record Pattern(Route route, List<Part> parts) {
    static Pattern of(Route route) {
      return new Pattern(route, Stream.of(route.template().split("/", -1)).map(Part::of).toList());
    }

    /** Sorts after another one's where this is literal and the other is not, from the left. */
    String literality() {
      return parts.stream().map(part -> part.name() ? "0" : "1").collect(Collectors.joining());
    }

    Optional<Map<String, String>> match(List<String> path) {
      if (!IntStream.range(0, path.size()).allMatch(i -> parts.get(i).takes(path.get(i)))) {
        return Optional.empty();
      }
      Map<String, String> named = new HashMap<>();
      for (int i = 0; i < path.size(); i++) {
        if (parts.get(i).name()) {
          named.put(parts.get(i).text(), decoded(path.get(i)));
        }
      }
      return Optional.of(named);
    }

    /** Jetty leaves what would mean something in a path as it came. */
    private static String decoded(String part) {
      return part.indexOf('%') < 0 ? part : URIUtil.decodePath(part);
    }
  }

  private record Part(boolean name, String text) {
    static Part of(String text) {
      return text.startsWith("{") && text.endsWith("}")
          ? new Part(true, text.substring(1, text.length() - 1))
          : new Part(false, text);
    }

    boolean takes(String part) {
      return name ? !part.isEmpty() : text.equals(part);
    }
  }
}
