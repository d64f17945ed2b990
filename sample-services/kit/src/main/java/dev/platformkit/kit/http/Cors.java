package dev.platformkit.kit.http;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Request;

/**
 * Which other origins' pages may ask from within a browser (Fetch standard, CORS protocol). Cookies
 * mean nothing here, so none are ever allowed: a page has to bring its own token.
 *
 * <pre>
 * CORS_ORIGINS   https://shop.example http://localhost:3000; nobody if it is empty
 * </pre>
 */
public record Cors(Set<String> origins) {
  private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";
  private static final String HEADERS = "Authorization, Content-Type, X-Request-Id, traceparent";
  private static final String EXPOSED = "Retry-After, X-Request-Id, traceparent";
  private static final String REMEMBERED_SECONDS = "600";

  public Cors {
    origins = Set.copyOf(origins);
  }

  public static Cors nobody() {
    return new Cors(Set.of());
  }

  /**
   * Origins as they are written, with blanks or commas between them.
   *
   * @throws IllegalArgumentException quoting what is no origin
   */
  public static Cors written(String text) {
    Set<String> origins =
        Arrays.stream(text.strip().split("[\\s,]+"))
            .filter(origin -> !origin.isEmpty())
            .collect(Collectors.toSet());
    for (String origin : origins) {
      if (!origin.matches("https?://[A-Za-z0-9.\\[\\]:-]+")) {
        throw new IllegalArgumentException(
            "CORS_ORIGINS: " + origin + " is no origin such as https://shop.example");
      }
    }
    return new Cors(origins);
  }

  /** What a browser asks before it sends what a page wants to send, if this is such a question. */
  Optional<HttpReply> preflight(Request request) {
    return request.getMethod().equals("OPTIONS")
            && origin(request).isPresent()
            && request.getHeaders().contains("Access-Control-Request-Method")
        ? Optional.of(
            HttpReply.nothing(204)
                .header("Access-Control-Allow-Methods", METHODS)
                .header("Access-Control-Allow-Headers", HEADERS)
                .header("Access-Control-Max-Age", REMEMBERED_SECONDS))
        : Optional.empty();
  }

  /** What every answer to this request has to carry. */
  Map<String, String> headers(Request request) {
    if (origins.isEmpty()) {
      return Map.of();
    }
    Map<String, String> headers = new TreeMap<>(Map.of("Vary", "Origin"));
    origin(request)
        .ifPresent(
            origin -> {
              headers.put("Access-Control-Allow-Origin", origin);
              headers.put("Access-Control-Expose-Headers", EXPOSED);
            });
    return headers;
  }

  private Optional<String> origin(Request request) {
    return Optional.ofNullable(request.getHeaders().get("Origin")).filter(origins::contains);
  }
}
