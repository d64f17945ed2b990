package dev.platformkit.kit.http;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that can be asked over HTTP: {@code GET /v1/products/{id}}. The template, never the
 * path itself, names it in metrics and spans.
 */
public record Route(String method, String template, int largestBody, Handler handler) {
  private static final int LARGEST_BODY = 64 * 1024;

  public Route {
    requireNonNull(method, "method is null");
    requireNonNull(template, "template is null");
    requireNonNull(handler, "handler is null");
  }

  /** A route for bodies of the usual size. */
  public Route(String method, String template, Handler handler) {
    this(method, template, LARGEST_BODY, handler);
  }

  /** Answers a request, or throws an {@link HttpProblem}. */
  public interface Handler {
    HttpReply handle(HttpRequest request);
  }

  /** The parts of this path that stand where the template has names, if the two match. */
  Optional<Map<String, String>> match(String path) {
    List<String> want = List.of(template.split("/", -1));
    List<String> have = List.of(path.split("/", -1));
    if (want.size() != have.size()) {
      return Optional.empty();
    }
    Map<String, String> named = new HashMap<>();
    for (int i = 0; i < want.size(); i++) {
      String part = want.get(i);
      if (part.startsWith("{") && part.endsWith("}")) {
        if (have.get(i).isEmpty()) {
          return Optional.empty();
        }
        named.put(part.substring(1, part.length() - 1), have.get(i));
      } else if (!part.equals(have.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(named);
  }
}
